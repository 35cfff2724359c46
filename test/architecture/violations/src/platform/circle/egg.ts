// must fail: no-circular
import { chicken } from './chicken.js';

export const egg = () => chicken;
