import { Sitting } from '../../modules/sitting/index.js';
import type { ShownColumn } from '../panel/shown-noun.js';

/**
 * 考次: rows of every sitting stand in one list; by its number one keeps to those of one sitting, in exports and in what
 * is done to many rows too.
 */
export function sittingFilter<Row extends { sittingId: string }, Facts>(): ShownColumn<Row, Facts> {
  return {
    name: 'sittingNumber',
    label: '考次（如262）',
    on: [],
    text: () => undefined,
    path: 'number',
    through: { entity: Sitting, by: 'sittingId', one: true },
    search: { by: 'WHOLE', normalise: (text) => text.replace(/\D/g, '').slice(0, 6) || '0' },
  };
}
