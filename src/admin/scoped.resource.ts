import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { type Scope, scopeOf } from '../kernel/scope.js';
import type { Reader, UnitOfWork } from '../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../platform/http/refusals.js';
import { type ActionContext, BaseProperty, BaseRecord, BaseResource, type Filter } from './adminjs.js';
import type { PanelUser } from './panel-user.js';
import { searchCondition } from './search-condition.js';
import type { ShownColumn, ShownNoun, View } from './shown-noun.js';

const MOST_ROWS = 500;

interface Page {
  limit?: number;
  offset?: number;
  sort?: { sortBy?: string; direction?: string };
}

/**
 * A noun as AdminJS reads it: the one place where scope, search, masks and paging are applied, whichever action asks.
 * It has no `create`, `update` or `delete`, so nothing can be written through it; changes are use-cases.
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
      new BaseProperty({ path: column.name, isSortable: column.sortable === true, position: i + 2 }),
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

  override async count(filter: Filter, context?: ActionContext): Promise<number> {
    return (await this.rowsFor(context, this.unitOfWork.read(), filter)?.getCount()) ?? 0;
  }

  override async find(filter: Filter, page: Page, context?: ActionContext): Promise<BaseRecord[]> {
    const reader = this.unitOfWork.read();
    const rows = this.rowsFor(context, reader, filter);
    if (!rows) return [];
    const sorted = this.column(page.sort?.sortBy);
    const direction = page.sort?.direction === 'asc' ? 'ASC' : 'DESC';
    if (sorted?.sortable && sorted.path) rows.orderBy(`row.${sorted.path}`, direction);
    return this.records(
      await rows
        .addOrderBy('row.id', direction)
        .offset(wholeNumber(page.offset, 0, Number.MAX_SAFE_INTEGER))
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

  private async byIds(ids: string[], view: View, context?: ActionContext): Promise<BaseRecord[]> {
    const reader = this.unitOfWork.read();
    const rows = this.rowsFor(context, reader);
    if (!rows) return [];
    return this.records(await rows.andWhere('row.id IN (:...ids)', { ids }).getMany(), view, reader);
  }

  private async records(rows: Row[], view: View, reader: Reader): Promise<BaseRecord[]> {
    const facts = await this.noun.gather(rows, reader);
    const columns = this.noun.columns.filter(({ on }) => on.includes(view));
    return rows.map((row) => {
      const texts = columns.map((column) => [column.name, shownText(column, row, facts, view)]);
      return new BaseRecord({ ...Object.fromEntries(texts), id: row.id }, this);
    });
  }

  /** The rows that exist for whoever asks, and of those the ones searched for; undefined when there are none at all. */
  private rowsFor(
    context: ActionContext | undefined,
    reader: Reader,
    filter?: Filter,
  ): SelectQueryBuilder<Row> | undefined {
    const inScope = this.inScope(scopeOf((context?.currentAdmin as PanelUser | undefined)?.actor));
    if (!inScope) return undefined;
    const rows = reader.manager.createQueryBuilder(this.noun.entity, 'row').where(inScope);
    for (const { path, value } of Object.values(filter?.filters ?? {})) {
      const column = this.column(path);
      const condition = column?.search && searchCondition(column.search, value);
      if (column?.path && condition) rows.andWhere(nested(column.path, condition));
    }
    return rows;
  }

  private inScope(scope: Scope): ObjectLiteral | undefined {
    const { scopedBy } = this.noun;
    if (!scopedBy || 'none' in scope) return undefined;
    if ('all' in scope) return {};
    if ('schoolCode' in scope) return nested(scopedBy.schoolCode, scope.schoolCode);
    return nested(scopedBy.provinceCode, scope.provinceCode);
  }

  private column(name: string | undefined): ShownColumn<Row, Facts> | undefined {
    return this.noun.columns.find((column) => column.name === name);
  }
}

function shownText<Row, Facts>(column: ShownColumn<Row, Facts>, row: Row, facts: Facts, view: View): string {
  const text = String(column.text(row, facts) ?? '');
  if (text === '') return '—';
  return view === 'list' && column.mask ? column.mask(text) : text;
}

/** `details.name`, x → `{ details: { name: x } }` */
function nested(path: string, value: unknown): ObjectLiteral {
  return path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as ObjectLiteral;
}

function wholeNumber(value: unknown, least: number, most: number): number {
  const number = Math.trunc(Number(value));
  return Number.isNaN(number) ? least : Math.min(Math.max(number, least), most);
}
