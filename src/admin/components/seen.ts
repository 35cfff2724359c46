import type { RecordJSON } from 'adminjs';
import { VERSION_PARAM } from '../panel/seen-param';

/** What a page leaves for the form it leads to: which version of each row it has shown. */
export type Seen = Readonly<Record<string, string>>;

/** For the `state` of a link. */
export function seenOf(records: readonly RecordJSON[]): { seen: Seen } {
  return {
    seen: Object.fromEntries(records.map(({ id, params }) => [id, String(params[VERSION_PARAM] ?? '')])),
  };
}
