import * as backOffice from '../../../src/admin/index.js';
import { type AnyNoun, PanelContents } from '../../../src/admin/panel/panel-contents.js';
import { groupedBy } from '../../../src/kernel/grouped-by.js';
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

/** Every index, with its columns in their order. */
const INDEXES = {
  sqlite: `SELECT t.name AS "table", i.name AS "index", c.name AS "column" FROM sqlite_master t
    JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c WHERE t.type = 'table'
    ORDER BY t.name, i.name, c.seqno`,
  mariadb: `SELECT table_name AS \`table\`, index_name AS \`index\`, column_name AS \`column\`
    FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index`,
};

let world: World;
/** What indexes begin with: `table.column`, and `table.column.column` of their first two. */
let indexed: ReadonlySet<string>;
let nouns: readonly AnyNoun[];
beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
  nouns = world
    .use(PanelContents)
    .nouns.filter(({ entity }) => MANY_ROWS.includes(world.dataSource.getMetadata(entity).tableName));
  const rows: { table: string; index: string; column: string }[] = await world.dataSource.query(
    INDEXES[engine],
  );
  const indexes = groupedBy(rows, ({ table, index }) => `${table} ${index}`);
  indexed = new Set(
    [...indexes.values()].flatMap(([first, second]) => {
      const begin = `${first!.table}.${first!.column}`;
      return second ? [begin, `${begin}.${second.column}`] : [begin];
    }),
  );
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

test('Among many rows, every text, day and sitting is searched by an index', () => {
  // a word is one of few: rows that have it are met soon, or an index by state holds the few there are
  const searched = nouns.flatMap((noun) =>
    unindexed(
      noun,
      noun.columns.filter(({ search, through }) => search && (search.by !== 'WORD' || through)),
    ),
  );
  expect(searched).toEqual([]);
});

test('Many rows are sorted by an index: a country’s, a province’s, a school’s', () => {
  const sorted = nouns.flatMap((noun) =>
    noun.columns
      .filter(({ sortable }) => sortable)
      .flatMap(({ path }) => {
        const { provinceCode = undefined, schoolCode = undefined } =
          typeof noun.scopedBy === 'object' ? noun.scopedBy : {};
        const places = placesOf(noun.entity, path);
        const scoped = [provinceCode, schoolCode].flatMap((scope) =>
          placesOf(noun.entity, scope).map((place) => `${place}.${places[0]!.split('.')[1]}`),
        );
        return [...places, ...scoped].filter((begin) => !indexed.has(begin));
      }),
  );
  expect(sorted).toEqual([]);
});
