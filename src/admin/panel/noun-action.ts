import type { ObjectLiteral } from 'typeorm';
import type { StaffRole } from '../../kernel/actor.js';
import type { AsShown } from '../../platform/database/as-shown.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import type { FormField, InitialValues } from './form.js';
import type { PanelUser } from './panel-user.js';
import type { FileLimits, UploadedFile } from './uploaded-file.js';

/** What an action is about: rows, all of them inside the user's scope, and who asks. */
export interface About<Row> {
  /** The row of an action on one; the first of several. Reading it in an action on the noun is a mistake. */
  readonly row: Row;
  /** In the order they were asked for. */
  readonly rows: readonly Row[];
  readonly user: PanelUser;
  /** By which they were read; what is read beside them must be read by it too. */
  readonly reader: Reader;
}

/** What `run` is about besides: the file that came along, and what holds the rows to what was shown of them. */
export interface Decided<Row> extends About<Row> {
  readonly file?: UploadedFile;
  /** For the use-case, to ask inside its transaction. */
  readonly asShown: AsShown;
}

/** What people are told when it is done, where a sentence is not all there is to say. */
export interface Outcome {
  /** Replaces the action's `done`. */
  readonly message?: string;
  /** Shown until people leave the page: a link that exists only now, counts. */
  readonly facts?: readonly { readonly label: string; readonly value: string; readonly copy?: boolean }[];
  /** A verb that takes it back, for so many seconds. */
  readonly takeBack?: {
    readonly tool: string;
    readonly verb: string;
    readonly input: object;
    readonly seconds: number;
  };
  /** Lines that were not taken, and the like. */
  readonly lines?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/**
 * Something staff do to one row, to several, or to the noun as a whole (add one, say). The frame shows its button and
 * its form, and asks before it calls `run`: signed in, from a page of ours, a noun of theirs (NOT_FOUND), the right role
 * (NOT_YOUR_ROLE), every row inside their scope (NOT_FOUND), what was shown of the rows is still so, be there a form or a
 * button alone (ROWS_CHANGED_MEANWHILE), and the input as its class says (FIELD_INVALID). `run` calls a use-case, which
 * checks what it must by itself: it has other doors. It is handed `asShown`, and asks it again inside its transaction,
 * where nobody comes in between.
 *
 * @example
 * nounAction<Notice, EditNoticeInput>({
 *   name: 'edit', label: '修改', icon: 'Edit', on: 'ROW', roles: ['SCHOOL'],
 *   input: EditNoticeInput,
 *   fields: [{ name: 'title', label: '标题', kind: 'TEXT', required: true }],
 *   initial: ({ row }) => ({ title: row.title }),
 *   done: '通告已修改',
 *   run: (input, { row, user, asShown }) =>
 *     this.editNotice.execute({ id: row.id, ...input, asShown }, user.actor),
 * })
 */
export interface NounAction<Row extends ObjectLiteral, Input extends object = object> {
  /** In addresses and calls; camelCase, one for each noun. Not list, show, search, new, delete: those are AdminJS's. */
  readonly name: string;
  /** On the button and above the form. */
  readonly label: string;
  /** A Feather icon, by the name AdminJS knows. */
  readonly icon: string;
  readonly on: 'ROW' | 'ROWS' | 'NOUN';
  readonly roles: readonly StaffRole[];
  /** Is there a button for this row? For looks only: whether it may be done is the use-case's to say. */
  when?(row: Row, user: PanelUser): boolean;
  /** Above the fields: what it does, and what follows from it. */
  readonly text?: string | ((about: About<Row>) => string | Promise<string>);
  readonly fields?: readonly FormField[] | ((about: About<Row>) => Promise<readonly FormField[]>);
  /** What the form shows when it opens; like the rows, what nobody may have changed when it is sent. */
  initial?(about: About<Row>): InitialValues | Promise<InitialValues>;
  /** What else it is decided on: what the text counts up, say. Changed, it puts the form out of date too. */
  decidedOn?(about: About<Row>): unknown;
  /** On the button below the form; otherwise the label. */
  readonly submit?: string;
  /** Asked once more before a change that is hard to undo. */
  readonly confirm?: string;
  /** Of an action with a FILE field. */
  readonly file?: FileLimits;
  /** What is let in; an action without fields has none. */
  readonly input?: new () => Input;
  /** The sentence people read when it is done. */
  readonly done: string;
  run(input: Input, about: Decided<Row>): Promise<Outcome | unknown>;
}

/** Says which row and input an action is about, so that its functions are checked. */
export function nounAction<Row extends ObjectLiteral, Input extends object = object>(
  action: NounAction<Row, Input>,
): NounAction<Row> {
  return action as unknown as NounAction<Row>;
}
