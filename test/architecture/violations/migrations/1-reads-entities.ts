// must fail: migrations-know-only-the-dialect
import { newId } from '../src/kernel/ids.js';
import { engineOf } from '../src/platform/database/dialect.js';

export const found = [newId, engineOf];
