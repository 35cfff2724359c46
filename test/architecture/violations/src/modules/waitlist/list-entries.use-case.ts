// must fail: sql-in-repositories
import type { VenueRepository } from '../sitting/index.js';

export const entries = (venues: VenueRepository, tx: { manager: { query(sql: string): unknown } }) => [
  venues,
  tx.manager.query('SELECT id FROM waitlist_entry'),
];
