// must fail: import-order-registration
import { payment } from '../payment/index.js';

export const found = payment;
