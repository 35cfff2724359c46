// must fail: no-circular
import { egg } from './egg.js';

export const chicken = () => egg;
