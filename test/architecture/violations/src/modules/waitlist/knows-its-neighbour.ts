// must fail: import-order-waitlist
import { payment } from '../payment/index.js';
import { written_exam } from '../written-exam/index.js';

export const found = [payment, written_exam];
