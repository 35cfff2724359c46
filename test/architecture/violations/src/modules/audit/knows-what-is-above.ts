// must fail: import-order-audit
import { passport } from '../passport/index.js';

export const found = passport;
