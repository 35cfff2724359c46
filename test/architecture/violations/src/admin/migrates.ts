// must fail: only-the-database-knows-migrations
import { found as migration } from '../../migrations/1-reads-entities.js';

export const found = migration;
