import { plainCode } from '../../kernel/same-to-the-eye.js';
import { Sitting } from '../../modules/sitting/index.js';
import { COMPONENTS } from '../components.js';
import type { ShownColumn } from '../panel/shown-noun.js';

/**
 * 考次: rows of every sitting stand in one list; one chooses the sitting whose rows it keeps to, in exports and in what is
 * done to many rows too. Addresses name it by its number.
 */
export function sittingFilter<Row extends { sittingId: string }, Facts>(): ShownColumn<Row, Facts> {
  return {
    name: 'sittingNumber',
    label: '考次',
    on: [],
    text: () => undefined,
    path: 'number',
    through: { entity: Sitting, by: 'sittingId', one: true },
    searchedBy: COMPONENTS.sittingFilter,
    search: { by: 'WHOLE', normalise: (text) => plainCode(text).replace(/\D/g, '').slice(0, 6) || '0' },
  };
}
