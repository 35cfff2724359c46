import type { ObjectLiteral } from 'typeorm';
import { type AsShown, ROWS_CHANGED_MEANWHILE, versionOf } from '../../platform/database/as-shown.js';
import type { Reader, Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { type FormField, shownValues } from './form.js';
import type { About, NounAction } from './noun-action.js';
import type { AnyNoun } from './panel-contents.js';
import type { PanelUser } from './panel-user.js';
import { ScopedResource } from './scoped.resource.js';
import type { SeenRow } from './seen-rows.js';

const MOST_ROWS = 500;

/** An action on rows by one user: its form as it opens, and the word of it that nothing has changed since. */
export class FilledForm {
  private constructor(
    private readonly asked: Asked,
    readonly about: About<ObjectLiteral>,
    readonly fields: readonly FormField[],
    readonly values: Readonly<Record<string, unknown>>,
    readonly rows: readonly SeenRow[],
    /** Of all that the form shows; undefined for an action that is about nothing that could change. */
    readonly version: string | undefined,
  ) {}

  /** @throws NOT_FOUND if a row is not there for this user, or not as many are named as the action is for */
  static async open(asked: Asked): Promise<FilledForm> {
    const { action, ids, unitOfWork } = asked;
    const [least, most] = { NOUN: [0, 0], ROW: [1, 1], ROWS: [1, MOST_ROWS] }[action.on] as [number, number];
    if (ids.length < least || ids.length > most) throw NOT_FOUND();
    const { about, seen } = await read(asked, unitOfWork.read());
    const fields = typeof action.fields === 'function' ? await action.fields(about) : (action.fields ?? []);
    const { values, version } = await shownBy(action, about, fields, seen);
    return new FilledForm(asked, about, fields, values, seen, version);
  }

  /** @throws ROWS_CHANGED_MEANWHILE, also if nothing says what was shown */
  isOf(version: unknown): void {
    if (version !== this.version) throw ROWS_CHANGED_MEANWHILE();
  }

  /** For a use-case. */
  readonly asShown: AsShown = (tx, id) => this.isStillSo(tx, id);

  /** The same question, asked once more where nobody can come in between. */
  async isStillSo(tx: Tx, id?: string): Promise<void> {
    const { asked, fields } = this;
    const { about, seen } = await read(id === undefined ? asked : { ...asked, ids: [id] }, tx);
    if (id === undefined) {
      const { version } = await shownBy(asked.action, about, fields, seen);
      if (version !== this.version) throw ROWS_CHANGED_MEANWHILE();
    } else if (seen[0]!.version !== this.rows.find((row) => row.id === id)?.version)
      throw ROWS_CHANGED_MEANWHILE();
  }
}

interface Asked {
  readonly noun: AnyNoun;
  readonly action: NounAction<ObjectLiteral>;
  readonly ids: readonly string[];
  readonly user: PanelUser;
  readonly unitOfWork: UnitOfWork;
}

async function read({ noun, ids, user, unitOfWork }: Asked, reader: Reader) {
  const { rows, seen } = await new ScopedResource<ObjectLiteral, unknown>(noun, unitOfWork).rows(
    ids,
    user,
    reader,
  );
  const about: About<ObjectLiteral> = { rows, row: rows[0]!, user, reader };
  return { about, seen };
}

async function shownBy(
  action: NounAction<ObjectLiteral>,
  about: About<ObjectLiteral>,
  fields: readonly FormField[],
  seen: readonly SeenRow[],
) {
  const values = shownValues(fields, (await action.initial?.(about)) ?? {});
  const isAboutNothing = action.on === 'NOUN' && !action.initial && !action.decidedOn;
  if (isAboutNothing) return { values, version: undefined };
  const rows = seen.map(({ id, version }) => [id, version]);
  return { values, version: versionOf([rows, values, (await action.decidedOn?.(about)) ?? null]) };
}
