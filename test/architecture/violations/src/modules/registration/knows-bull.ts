// must fail: library-of-platform
import type { Queue } from 'bull';

export type Found = Queue;
