// must fail: import-order-notification
import { passport } from '../passport/index.js';

export const found = passport;
