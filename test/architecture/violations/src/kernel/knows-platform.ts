// must fail: kernel-stands-alone
import type { schema } from '../platform/config.js';

export type Found = typeof schema;
