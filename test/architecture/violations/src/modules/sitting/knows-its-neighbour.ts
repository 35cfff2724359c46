// must fail: import-order-sitting
import { passport } from '../passport/index.js';

export const found = passport;
