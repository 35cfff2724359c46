import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { type Scope, scopeOf } from '../../kernel/scope.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { type Reader, Tx, type UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { turnOfTheLoop } from '../../platform/turn-of-the-loop.js';
import { type ActionContext, BaseProperty, BaseRecord, BaseResource, type Filter } from './adminjs.js';
import type { PanelUser } from './panel-user.js';
import { searchCondition } from './search-condition.js';
import { VERSION_PARAM } from './seen-param.js';
import { labelledText, NOTHING, rowVersion, type SeenRow, seenRow, shownText } from './seen-rows.js';
import type { Link, ShownColumn, ShownNoun, Through, View } from './shown-noun.js';

const MOST_ROWS = 500;
/** Of an export: whoever is at the door waits for one such page at most. */
const PAGE_TAKEN_AWAY = 200;

/** A list of more rows than this says only that there are more, and is turned no further: who wants more narrows it. */
export const MOST_COUNTED = 10_000;

/** Of another noun, so many are many. */
const MANY = 20_000;

type Wanted = 'COUNTED' | 'IN_ORDER';

interface Page {
  limit?: number;
  offset?: number;
  sort?: { sortBy?: string; direction?: string };
}

/** What was asked for in a list, by column: texts as people typed them, days as `{ from, to }`. */
export type Asked = Readonly<Record<string, unknown>>;

/** A row as AdminJS passes it on, with the row itself. */
export class ShownRecord<Row> extends BaseRecord {
  constructor(
    params: Record<string, unknown>,
    resource: BaseResource,
    readonly row: Row,
  ) {
    super(params, resource);
  }
}

/**
 * A noun as AdminJS, actions and exports read it: the one place where scope, search, masks and paging are applied,
 * whoever asks. It has no `create`, `update` or `delete`, so nothing can be written through it; changes are use-cases.
 */
export class ScopedResource<Row extends ObjectLiteral, Facts> extends BaseResource {
  private readonly shown: Map<string, BaseProperty>;

  constructor(
    private readonly noun: ShownNoun<Row, Facts>,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
    const columns = noun.columns.map((column, i): [string, BaseProperty] => [
      column.name,
      new BaseProperty({ path: column.name, isSortable: Boolean(column.sortable), position: i + 2 }),
    ]);
    this.shown = new Map([
      ['id', new BaseProperty({ path: 'id', isId: true, isSortable: false })],
      ...columns,
    ]);
  }

  override id(): string {
    return this.noun.id;
  }

  override databaseName(): string {
    return 'cet';
  }

  override properties(): BaseProperty[] {
    return [...this.shown.values()];
  }

  override property(path: string): BaseProperty | null {
    return this.shown.get(path) ?? null;
  }

  /** At most one more than `MOST_COUNTED`: nobody waits for a million rows to be counted. */
  override async count(filter: Filter, context?: ActionContext): Promise<number> {
    const reader = this.unitOfWork.read();
    const rows = await this.rowsFor(userOf(context), reader, askedIn(filter));
    if (!rows) return 0;
    return counted(rows.select(`row.${this.key}`, 'one'), MOST_COUNTED + 1);
  }

  override async find(filter: Filter, page: Page, context?: ActionContext): Promise<BaseRecord[]> {
    const reader = this.unitOfWork.read();
    const rows = await this.rowsFor(userOf(context), reader, askedIn(filter), 'IN_ORDER');
    if (!rows) return [];
    const sorted = this.column(page.sort?.sortBy);
    const direction = page.sort?.direction === 'asc' ? 'ASC' : 'DESC';
    if (sorted?.sortable && sorted.path) rows.orderBy(`row.${sorted.path}`, direction);
    // the keys first: an index often knows them and what is asked for, and only the page's own rows need be read
    const keys = await rows
      .select(`row.${this.key}`, 'key')
      .addOrderBy(`row.${this.key}`, direction)
      .offset(wholeNumber(page.offset, 0, MOST_COUNTED))
      .limit(wholeNumber(page.limit, 1, MOST_ROWS))
      .getRawMany<{ key: unknown }>();
    return this.byIds(
      keys.map(({ key }) => String(key)),
      'list',
      context,
    );
  }

  /** @throws NOT_FOUND: AdminJS would answer 200 with an English notice */
  override async findOne(id: string, context?: ActionContext): Promise<BaseRecord> {
    const view = context?.action?.name === 'show' ? 'show' : 'list';
    const [record] = await this.byIds([id], view, context);
    if (!record) throw NOT_FOUND();
    return record;
  }

  override findMany(ids: (string | number)[], context?: ActionContext): Promise<BaseRecord[]> {
    return this.byIds(ids.slice(0, MOST_ROWS).map(String), 'list', context);
  }

  /**
   * The rows with these ids, in their order, and what is seen of them; read inside a transaction they are locked.
   * @throws NOT_FOUND if any of them is not there for this user (R-AD-1)
   */
  async rows(
    ids: readonly string[],
    user: PanelUser,
    reader: Reader,
  ): Promise<{ rows: Row[]; seen: SeenRow[] }> {
    const rows = await this.inOrder(ids, user, reader);
    if (rows.length < ids.length) throw NOT_FOUND();
    const facts = rows.length > 0 ? await this.noun.gather(rows, reader) : undefined;
    return { rows, seen: rows.map((row) => seenRow(this.noun, row, facts as Facts)) };
  }

  /** Everything that a list with this filter shows, as texts, a few hundred rows at a time: memory stays bounded. */
  async *texts(asked: Asked, user: PanelUser, { masked }: { masked: boolean }): AsyncGenerator<string[][]> {
    const columns = this.exportedColumns;
    for (let last: string | undefined; ; ) {
      const reader = this.unitOfWork.read();
      const rows = await this.rowsFor(user, reader, asked, 'IN_ORDER');
      if (last !== undefined) rows?.andWhere(`row.${this.key} > :last`, { last });
      const page = (await rows?.orderBy(`row.${this.key}`).limit(PAGE_TAKEN_AWAY).getMany()) ?? [];
      const facts = await this.noun.gather(page, reader);
      await turnOfTheLoop();
      if (page.length > 0)
        yield page.map((row) =>
          columns.map((column) => exportedText(column, row, facts, masked ? 'list' : 'show')),
        );
      if (page.length < PAGE_TAKEN_AWAY) return;
      last = this.idOf(page.at(-1)!);
    }
  }

  get exportedColumns(): ShownColumn<Row, Facts>[] {
    return this.noun.columns.filter(({ on, inFile }) => (inFile ? inFile !== 'LEFT_OUT' : on.length > 0));
  }

  private async byIds(
    ids: readonly string[],
    view: View,
    context?: ActionContext,
  ): Promise<ShownRecord<Row>[]> {
    const reader = this.unitOfWork.read();
    const rows = await this.inOrder(ids, userOf(context), reader);
    return rows.length > 0 ? this.records(rows, view, reader) : [];
  }

  /** As far as they are there for this user. */
  private async inOrder(ids: readonly string[], user: PanelUser | undefined, reader: Reader): Promise<Row[]> {
    const rows = ids.length > 0 ? await this.rowsFor(user, reader) : undefined;
    // locked in the order of their keys, whoever asks: two who hold some of the same rows do not wait for each other
    rows?.andWhere(`row.${this.key} IN (:...ids)`, { ids: [...ids] }).orderBy(`row.${this.key}`);
    const found = await (rows && reader instanceof Tx ? forUpdate(rows) : rows)?.getMany();
    const byId = new Map(found?.map((row) => [this.idOf(row), row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  private async records(rows: Row[], view: View, reader: Reader): Promise<ShownRecord<Row>[]> {
    const facts = await this.noun.gather(rows, reader);
    const columns = this.noun.columns.filter(({ on }) => on.includes(view));
    return rows.map((row) => {
      const params = columns.flatMap((column) => {
        const link = column.link?.(row, facts);
        const text = shownText(column, row, facts, view);
        const shown = [column.name, text];
        return link && text !== NOTHING ? [shown, [`${column.name}@`, placeOf(link)]] : [shown];
      });
      const version = rowVersion(this.noun, row, facts);
      return new ShownRecord(
        { ...Object.fromEntries(params), id: this.idOf(row), [VERSION_PARAM]: version },
        this,
        row,
      );
    });
  }

  /**
   * The rows that exist for whoever asks, and of those the ones searched for; undefined when there are none at all.
   * `IN_ORDER`: some of them will be read, in the list's order.
   */
  private async rowsFor(
    user: PanelUser | undefined,
    reader: Reader,
    asked: Asked = {},
    wanted: Wanted = 'COUNTED',
  ): Promise<SelectQueryBuilder<Row> | undefined> {
    const scope = scopeOf(user?.actor);
    const inScope = this.inScope(scope);
    if (!inScope || !user || !this.noun.seenBy.includes(user.actor.role)) return undefined;
    const rows = reader.manager.createQueryBuilder(this.noun.entity, 'row').where(inScope);
    const among = 'schoolCode' in scope ? 'ONE_SCHOOL' : 'MANY';
    for (const [name, value] of Object.entries(asked)) {
      const column = this.column(name);
      const found = column?.search && searchCondition(column.search, value, among, name);
      if (!column?.path || !found) continue;
      const condition = nested(column.path, found);
      const { through } = column;
      if (!through) rows.andWhere(condition);
      else if (through.one) this.keepThoseOfOne(through, rows, condition);
      else {
        // a part of a text is in no index, and a school has not so many rows that they cannot be asked one by one;
        // the newest of very many are soon met so, too, where MariaDB would gather and sort them all
        const oneByOne =
          among === 'ONE_SCHOOL'
            ? column.search?.by === 'PART'
            : wanted === 'IN_ORDER' && (await areMany(through, condition, reader));
        const others = rows.subQuery().from(through.entity, 'other').where(condition);
        if (oneByOne) {
          const own = others.select('COUNT(*)').andWhere(`other.id = row.${through.by}`);
          rows.andWhere(`1 = ${own.getQuery()}`);
        } else rows.andWhere(`row.${through.by} IN ${others.select('other.id').getQuery()}`);
      }
    }
    return rows;
  }

  private keepThoseOfOne(
    { entity, by }: Through,
    rows: SelectQueryBuilder<Row>,
    condition: ObjectLiteral,
  ): void {
    const it = rows.subQuery().select('other.id').from(entity, 'other').where(condition).getQuery();
    rows.andWhere(`row.${by} = ${it}`);
    if (!this.isSortedByKey) return;
    // told where these begin and end, MariaDB does not walk to them from the newest row of all
    const end = (which: 'MIN' | 'MAX') =>
      rows
        .subQuery()
        .select(`${which}(its.${this.key})`)
        .from(this.noun.entity, 'its')
        .where(`its.${by} = ${it}`)
        .getQuery();
    rows.andWhere(`row.${this.key} BETWEEN ${end('MIN')} AND ${end('MAX')}`);
  }

  private get isSortedByKey(): boolean {
    const sorted = this.noun.columns.find(({ sortable }) => sortable);
    return !sorted || sorted.path === this.key;
  }

  private inScope(scope: Scope): ObjectLiteral | undefined {
    const { scopedBy } = this.noun;
    if (!scopedBy || 'none' in scope) return undefined;
    if ('all' in scope || scopedBy === 'EVERYBODYS') return {};
    if ('provinceCode' in scope) return nested(scopedBy.provinceCode, scope.provinceCode);
    return scopedBy.schoolCode === undefined ? undefined : nested(scopedBy.schoolCode, scope.schoolCode);
  }

  private get key(): string {
    return this.noun.key ?? 'id';
  }

  private idOf(row: Row): string {
    return String(row[this.key]);
  }

  private column(name: string | undefined): ShownColumn<Row, Facts> | undefined {
    return this.noun.columns.find((column) => column.name === name);
  }
}

/** How many there are, up to `most`. */
async function counted<Row extends ObjectLiteral>(
  rows: SelectQueryBuilder<Row>,
  most: number,
): Promise<number> {
  const [query, parameters] = rows.limit(most).getQueryAndParameters();
  const [found] = await rows.connection.manager.query<{ n: number | string }[]>(
    `SELECT COUNT(*) AS n FROM (${query}) counted`,
    parameters,
  );
  return Number(found!.n);
}

async function areMany({ entity }: Through, condition: ObjectLiteral, reader: Reader): Promise<boolean> {
  const others = reader.manager.createQueryBuilder(entity, 'other').select('other.id').where(condition);
  return (await counted(others, MANY)) === MANY;
}

function userOf(context: ActionContext | undefined): PanelUser | undefined {
  return context?.currentAdmin as PanelUser | undefined;
}

function askedIn(filter: Filter): Asked {
  return Object.fromEntries(Object.values(filter?.filters ?? {}).map(({ path, value }) => [path, value]));
}

/** What a column is called in a file. */
export function fileLabel<Row, Facts>({ label, inFile }: ShownColumn<Row, Facts>): string {
  return (typeof inFile === 'object' && inFile.label) || label;
}

/** As on the page, but words by their labels and nothing as nothing; or what the column says for files. */
function exportedText<Row, Facts>(
  column: ShownColumn<Row, Facts>,
  row: Row,
  facts: Facts,
  view: View,
): string {
  const { inFile } = column;
  if (typeof inFile === 'object' && inFile.text) return String(inFile.text(row, facts) ?? '');
  const text = labelledText(column, row, facts, view);
  return text === NOTHING ? '' : text;
}

function placeOf(link: Link): string {
  const noun = `/admin/resources/${link.noun}`;
  return 'id' in link
    ? `${noun}/records/${encodeURIComponent(link.id)}/show`
    : `${noun}?filters.${link.filter}=${encodeURIComponent(link.value)}`;
}

/** `details.name`, x → `{ details: { name: x } }` */
function nested(path: string, value: unknown): ObjectLiteral {
  return path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as ObjectLiteral;
}

function wholeNumber(value: unknown, least: number, most: number): number {
  const number = Math.trunc(Number(value));
  return Number.isNaN(number) ? least : Math.min(Math.max(number, least), most);
}
