// must fail: import-order-written-exam
import { oral_exam } from '../oral-exam/index.js';

export const found = oral_exam;
