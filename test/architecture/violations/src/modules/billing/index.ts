// must fail: every-module-has-a-layer
import { newId } from '../../kernel/ids.js';

export const billing = newId();
