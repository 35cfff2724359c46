import type { EntityManager } from 'typeorm';

/** Rows for one table, as one statement inserts them. */
export interface Insertion {
  /** Names as the database has them, not escaped. */
  readonly table: string;
  readonly columns: readonly string[];
  /** What happens to a row that meets one with the same key. */
  readonly onMeeting?: { readonly key: readonly string[]; readonly clause: string };
}

/** Thrown when somebody has changed a row between its being looked at and stored: it is right to begin again. */
export class RowsChangedError extends Error {
  readonly code = 'SQLITE_BUSY_SNAPSHOT';
}

const stages = new WeakMap<EntityManager, StagedRows>();

/** Where rows that are inserted by this manager wait to be stored; undefined where they are stored at once. */
export function stageOf(manager: EntityManager): StagedRows | undefined {
  return stages.get(manager);
}

/**
 * Rows that wait in tables of their connection's own until all of them are stored, table by table, by one statement
 * each: SQLite has one lock, and whoever holds it while a file is read line by line keeps everybody waiting as long.
 * Beside rows that may meet others stands what they met when they came here; if that has changed, nothing is stored.
 */
export class StagedRows {
  private readonly tables = new Map<string, Insertion & { staged: string; met: string }>();

  constructor(private readonly manager: EntityManager) {
    stages.set(manager, this);
  }

  /** From here on, what the manager inserts is stored at once. */
  end(): void {
    stages.delete(this.manager);
  }

  async add(insertion: Insertion, rows: readonly (readonly unknown[])[]): Promise<void> {
    const { staged, met, table, onMeeting } = await this.tableOf(insertion);
    const [before] = await this.manager.query<[{ last: number | null }]>(
      `SELECT MAX(rowid) AS last FROM ${staged}`,
    );
    const line = `(${insertion.columns.map(() => '?')})`;
    await this.manager.query(`INSERT INTO ${staged} VALUES ${rows.map(() => line)}`, rows.flat());
    if (!onMeeting) return;
    await this.manager.query(
      `INSERT INTO ${met} SELECT theirs.* FROM ${staged} AS ours JOIN "${table}" AS theirs
         ON ${sameKey(onMeeting.key)} WHERE ours.rowid > ?`,
      [before.last ?? 0],
    );
  }

  /**
   * Stores everything, within a transaction.
   * @throws RowsChangedError, and what the engine says to a row that may meet no other
   */
  async store(): Promise<void> {
    for (const insertion of this.tables.values()) {
      await this.assertUnchanged(insertion);
      const { table, columns, staged, onMeeting } = insertion;
      const names = columns.map(quoted);
      // without WHERE, SQLite would take ON for the beginning of a join
      await this.manager.query(
        `INSERT INTO "${table}" (${names}) SELECT ${names} FROM ${staged} WHERE true ${onMeeting?.clause ?? ''}`,
      );
    }
  }

  private async tableOf(insertion: Insertion) {
    const name = `${insertion.table} ${insertion.onMeeting?.clause ?? ''}`;
    const known = this.tables.get(name);
    if (known) return known;
    const [staged, met] = ['staged', 'met'].map((kind) => `temp.${kind}_${this.tables.size}`) as [
      string,
      string,
    ];
    const created = { ...insertion, staged, met };
    await this.manager.query(`CREATE TABLE ${staged} (${insertion.columns.map(quoted)})`);
    if (insertion.onMeeting)
      await this.manager.query(`CREATE TABLE ${met} AS SELECT * FROM "${insertion.table}" LIMIT 0`);
    this.tables.set(name, created);
    return created;
  }

  /** Do the rows meet exactly what they met when they came? Every column counts, and none may have come or gone. */
  private async assertUnchanged({ table, columns, staged, met, onMeeting }: Staged): Promise<void> {
    if (!onMeeting) return;
    const same = columns.map((name) => `theirs.${quoted(name)} IS ours.${quoted(name)}`).join(' AND ');
    const [now] = await this.manager.query<[{ met: number; meeting: number; changed: number }]>(
      `SELECT (SELECT COUNT(*) FROM ${met}) AS met,
         (SELECT COUNT(*) FROM ${staged} AS ours JOIN "${table}" AS theirs ON ${sameKey(onMeeting.key)}) AS meeting,
         (SELECT COUNT(*) FROM ${met} AS ours WHERE NOT EXISTS
           (SELECT 1 FROM "${table}" AS theirs WHERE ${sameKey(onMeeting.key)} AND ${same})) AS changed`,
    );
    if (now.met !== now.meeting || now.changed > 0)
      throw new RowsChangedError('Somebody has changed rows while they were being looked at.');
  }
}

type Staged = Insertion & { staged: string; met: string };

const quoted = (name: string) => `"${name}"`;
const sameKey = (key: readonly string[]) =>
  key.map((name) => `theirs.${quoted(name)} = ours.${quoted(name)}`).join(' AND ');
