import * as backOffice from '../../../src/admin/index.js';
import { type AnyNoun, PanelContents } from '../../../src/admin/panel/panel-contents.js';
import { Sitting } from '../../../src/modules/sitting/index.js';
import { engine } from '../../support/engine.js';
import { World } from '../../support/world.js';

/** Tables that hold a country's candidates, or what they and the staff did. */
const MANY_ROWS = [
  'student_record',
  'registration',
  'enrolment',
  'waitlist_entry',
  'payment_order',
  'cet6_review',
  'cet4_result',
  'outbox_message',
  'audit_line',
];

const FIRST_COLUMNS = {
  sqlite: `SELECT t.name || '.' || c.name AS begins FROM sqlite_master t
    JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c WHERE t.type = 'table' AND c.seqno = 0`,
  mariadb: `SELECT CONCAT(table_name, '.', column_name) AS begins FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND seq_in_index = 1`,
};

let world: World;
/** The columns that indexes begin with, as `table.column`. */
let indexed: ReadonlySet<string>;
let nouns: readonly AnyNoun[];
beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
  nouns = world
    .use(PanelContents)
    .nouns.filter(({ entity }) => MANY_ROWS.includes(world.dataSource.getMetadata(entity).tableName));
  const rows: { begins: string }[] = await world.dataSource.query(FIRST_COLUMNS[engine]);
  indexed = new Set(rows.map(({ begins }) => begins));
});
afterAll(() => world.close());

/** What these columns of a noun need an index for and have none, as `table.column`. */
function unindexed(noun: AnyNoun, columns: readonly { path?: string; through?: Through }[]): string[] {
  const needed = columns.flatMap(({ path, through }) => [
    ...placesOf(through?.entity ?? noun.entity, path),
    ...(through ? placesOf(noun.entity, through.by) : []),
  ]);
  return needed.filter((place) => MANY_ROWS.includes(place.split('.')[0]!) && !indexed.has(place));
}

type Through = AnyNoun['columns'][number]['through'];

function placesOf(entity: AnyNoun['entity'], path: string | undefined): string[] {
  const { tableName, columns } = world.dataSource.getMetadata(entity);
  const column = columns.find(({ propertyPath }) => propertyPath === path);
  return column ? [`${tableName}.${column.databaseName}`] : [];
}

test('Whoever sees a part of many rows sees it by an index', () => {
  expect(nouns.length).toBeGreaterThan(0);
  const scopes = nouns.flatMap((noun) => {
    if (typeof noun.scopedBy !== 'object') return [];
    const { provinceCode, schoolCode } = noun.scopedBy;
    return unindexed(noun, [{ path: provinceCode }, { path: schoolCode }]);
  });
  expect(scopes).toEqual([]);
});

test('Among many rows, every text and day is searched by an index', () => {
  // a word and a sitting are one of few: rows that have it are met soon, or an index by state holds the few there are
  const searched = nouns.flatMap((noun) =>
    unindexed(
      noun,
      noun.columns.filter(
        ({ search, through }) => search && search.by !== 'WORD' && through?.entity !== Sitting,
      ),
    ),
  );
  expect(searched).toEqual([]);
});

test('Many rows are sorted by an index', () => {
  const sorted = nouns.flatMap((noun) =>
    unindexed(
      noun,
      noun.columns.filter(({ sortable }) => sortable),
    ),
  );
  expect(sorted).toEqual([]);
});
