import type { Readable } from 'node:stream';
import type { StaffRole } from '../../kernel/actor.js';
import type { Section } from './navigation.js';
import type { PanelUser } from './panel-user.js';
import type { FileLimits, UploadedFile } from './uploaded-file.js';

/** Something a tool's page asks or does: `POST /admin/api/tools/<tool>/<name>`, answered with JSON. */
export interface ToolVerb<Input extends object = object> {
  /** camelCase, one for each tool. */
  readonly name: string;
  /** Of those who see the tool; all of them unless it says. */
  readonly roles?: readonly StaffRole[];
  /** What is let in; a verb without takes nothing. */
  readonly input?: new () => Input;
  /** Of a verb that takes a file as its body. */
  readonly file?: FileLimits;
  run(input: Input, asked: { readonly user: PanelUser; readonly file?: UploadedFile }): Promise<unknown>;
}

/** A file to take away. It changes nothing: `GET /admin/api/tools/<tool>/<name>`, its input in the query, as text. */
export interface ToolDownload<Input extends object = object> {
  readonly name: string;
  readonly roles?: readonly StaffRole[];
  readonly input?: new () => Input;
  run(input: Input, user: PanelUser): Promise<DownloadedFile>;
}

export interface DownloadedFile {
  /** With its ending; it may be Chinese. */
  readonly fileName: string;
  /** `text/csv; charset=utf-8`. */
  readonly type: string;
  readonly content: Buffer | string | Readable;
}

/**
 * A page of its own, for what is more than a list with actions. Its component calls the verbs by `callTool` of
 * `components/panel-api`; the frame asks before each: signed in, from a page of ours, a tool of theirs (NOT_FOUND), the
 * right role (NOT_YOUR_ROLE), the input as its class says (FIELD_INVALID). Whose rows it is about is for the use-case to
 * see to, by the scope of the actor.
 */
export interface Tool {
  /** In addresses: `/admin/pages/<id>`. */
  readonly id: string;
  readonly name: string;
  /** A Feather icon, by the name AdminJS knows. */
  readonly icon: string;
  readonly section: Section;
  /** One of `COMPONENTS`. */
  readonly component: string;
  readonly roles: readonly StaffRole[];
  readonly verbs: readonly ToolVerb[];
  readonly downloads?: readonly ToolDownload[];
}

/** Says which input a verb takes, so that its function is checked. */
export function toolVerb<Input extends object = object>(verb: ToolVerb<Input>): ToolVerb {
  return verb as unknown as ToolVerb;
}

/** The same for a download. */
export function toolDownload<Input extends object = object>(download: ToolDownload<Input>): ToolDownload {
  return download as unknown as ToolDownload;
}
