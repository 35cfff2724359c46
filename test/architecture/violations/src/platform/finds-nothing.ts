// must fail: no-unresolvable
import { nothing } from './nowhere.js';

export const found = nothing;
