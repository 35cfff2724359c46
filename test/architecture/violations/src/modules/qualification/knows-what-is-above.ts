// must fail: import-order-qualification
import type { registration } from '../registration/index.js';

export type Found = typeof registration;
