import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { type Scope, scopeOf } from '../../kernel/scope.js';
import type { Reader, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { type ActionContext, BaseProperty, BaseRecord, BaseResource, type Filter } from './adminjs.js';
import type { PanelUser } from './panel-user.js';
import { searchCondition } from './search-condition.js';
import type { Link, ShownColumn, ShownNoun, View } from './shown-noun.js';

const MOST_ROWS = 500;

/** A list of more rows than this says only that there are more, and is turned no further: who wants more narrows it. */
export const MOST_COUNTED = 10_000;

/** Shown where there is nothing to show. */
const NOTHING = '—';

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
    const rows = this.rowsFor(userOf(context), reader, askedIn(filter));
    if (!rows) return 0;
    const some = rows.select(`row.${this.key}`, 'one').limit(MOST_COUNTED + 1);
    const [query, parameters] = some.getQueryAndParameters();
    const [counted] = await reader.manager.query<{ n: number | string }[]>(
      `SELECT COUNT(*) AS n FROM (${query}) counted`,
      parameters,
    );
    return Number(counted!.n);
  }

  override async find(filter: Filter, page: Page, context?: ActionContext): Promise<BaseRecord[]> {
    const reader = this.unitOfWork.read();
    const rows = this.rowsFor(userOf(context), reader, askedIn(filter));
    if (!rows) return [];
    const sorted = this.column(page.sort?.sortBy);
    const direction = page.sort?.direction === 'asc' ? 'ASC' : 'DESC';
    if (sorted?.sortable && sorted.path) rows.orderBy(`row.${sorted.path}`, direction);
    return this.records(
      await rows
        .addOrderBy(`row.${this.key}`, direction)
        .offset(wholeNumber(page.offset, 0, MOST_COUNTED))
        .limit(wholeNumber(page.limit, 1, MOST_ROWS))
        .getMany(),
      'list',
      reader,
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

  /** The rows with these ids, in their order. @throws NOT_FOUND if any of them is not there for this user (R-AD-1) */
  async rows(ids: readonly string[], user: PanelUser): Promise<Row[]> {
    if (ids.length === 0) return [];
    const found = await this.rowsFor(user, this.unitOfWork.read())
      ?.andWhere(`row.${this.key} IN (:...ids)`, { ids: [...ids] })
      .getMany();
    const byId = new Map(found?.map((row) => [this.idOf(row), row]));
    return ids.map((id) => {
      const row = byId.get(id);
      if (!row) throw NOT_FOUND();
      return row;
    });
  }

  /** Everything that a list with this filter shows, as texts, a few hundred rows at a time: memory stays bounded. */
  async *texts(asked: Asked, user: PanelUser, { masked }: { masked: boolean }): AsyncGenerator<string[][]> {
    const columns = this.exportedColumns;
    for (let last: string | undefined; ; ) {
      const reader = this.unitOfWork.read();
      const rows = this.rowsFor(user, reader, asked);
      if (last !== undefined) rows?.andWhere(`row.${this.key} > :last`, { last });
      const page = (await rows?.orderBy(`row.${this.key}`).limit(MOST_ROWS).getMany()) ?? [];
      const facts = await this.noun.gather(page, reader);
      if (page.length > 0)
        yield page.map((row) =>
          columns.map((column) => exportedText(column, row, facts, masked ? 'list' : 'show')),
        );
      if (page.length < MOST_ROWS) return;
      last = this.idOf(page.at(-1)!);
    }
  }

  get exportedColumns(): ShownColumn<Row, Facts>[] {
    return this.noun.columns.filter(({ on }) => on.length > 0);
  }

  private async byIds(ids: string[], view: View, context?: ActionContext): Promise<BaseRecord[]> {
    const reader = this.unitOfWork.read();
    const rows = this.rowsFor(userOf(context), reader);
    if (!rows) return [];
    return this.records(await rows.andWhere(`row.${this.key} IN (:...ids)`, { ids }).getMany(), view, reader);
  }

  private async records(rows: Row[], view: View, reader: Reader): Promise<BaseRecord[]> {
    const facts = await this.noun.gather(rows, reader);
    const columns = this.noun.columns.filter(({ on }) => on.includes(view));
    return rows.map((row) => {
      const params = columns.flatMap((column) => {
        const link = column.link?.(row, facts);
        const text = shownText(column, row, facts, view);
        const shown = [column.name, text];
        return link && text !== NOTHING ? [shown, [`${column.name}@`, placeOf(link)]] : [shown];
      });
      return new ShownRecord({ ...Object.fromEntries(params), id: this.idOf(row) }, this, row);
    });
  }

  /** The rows that exist for whoever asks, and of those the ones searched for; undefined when there are none at all. */
  private rowsFor(
    user: PanelUser | undefined,
    reader: Reader,
    asked: Asked = {},
  ): SelectQueryBuilder<Row> | undefined {
    const scope = scopeOf(user?.actor);
    const inScope = this.inScope(scope);
    if (!inScope || !user || !this.noun.seenBy.includes(user.actor.role)) return undefined;
    const rows = reader.manager.createQueryBuilder(this.noun.entity, 'row').where(inScope);
    for (const [name, value] of Object.entries(asked)) {
      const column = this.column(name);
      const condition =
        column?.search &&
        searchCondition(column.search, value, 'schoolCode' in scope ? 'ONE_SCHOOL' : 'MANY');
      if (column?.path && condition) narrow(rows, column, nested(column.path, condition));
    }
    return rows;
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

function userOf(context: ActionContext | undefined): PanelUser | undefined {
  return context?.currentAdmin as PanelUser | undefined;
}

function askedIn(filter: Filter): Asked {
  return Object.fromEntries(Object.values(filter?.filters ?? {}).map(({ path, value }) => [path, value]));
}

function shownText<Row, Facts>(column: ShownColumn<Row, Facts>, row: Row, facts: Facts, view: View): string {
  const text = String(column.text(row, facts) ?? '');
  if (text === '') return NOTHING;
  return view === 'list' && column.mask ? column.mask(text) : text;
}

/** As on the page, but words by their labels and nothing as nothing. */
function exportedText<Row, Facts>(
  column: ShownColumn<Row, Facts>,
  row: Row,
  facts: Facts,
  view: View,
): string {
  const text = shownText(column, row, facts, view);
  const words = column.search?.by === 'WORD' ? column.search.words : {};
  return text === NOTHING ? '' : (words[text]?.label ?? text);
}

function placeOf(link: Link): string {
  const noun = `/admin/resources/${link.noun}`;
  return 'id' in link
    ? `${noun}/records/${encodeURIComponent(link.id)}/show`
    : `${noun}?filters.${link.filter}=${encodeURIComponent(link.value)}`;
}

/** Keeps the rows that meet the condition, or whose other row does. */
function narrow<Row extends ObjectLiteral, Facts>(
  rows: SelectQueryBuilder<Row>,
  { through }: ShownColumn<Row, Facts>,
  condition: ObjectLiteral,
): void {
  if (!through) {
    rows.andWhere(condition);
    return;
  }
  const others = rows.subQuery().select('other.id').from(through.entity, 'other').where(condition);
  rows.andWhere(`row.${through.by} IN ${others.getQuery()}`);
}

/** `details.name`, x → `{ details: { name: x } }` */
function nested(path: string, value: unknown): ObjectLiteral {
  return path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as ObjectLiteral;
}

function wholeNumber(value: unknown, least: number, most: number): number {
  const number = Math.trunc(Number(value));
  return Number.isNaN(number) ? least : Math.min(Math.max(number, least), most);
}
