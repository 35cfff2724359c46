import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { DomainError } from '../../kernel/domain-error.js';
import { NOT_YOUR_ROLE, onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { isTooDeepOrWide, takeJson } from '../../platform/http/bodies.js';
import { isFile } from '../../platform/http/body-bounds.js';
import { ProblemFilter } from '../../platform/http/problem.filter.js';
import { MALFORMED_REQUEST, NOT_FOUND } from '../../platform/http/refusals.js';
import { inputAs } from '../../platform/http/validation.js';
import { SecurityLog } from '../../platform/security-log.js';
import { signedIn } from '../staff/staff-door.js';
import { searchFrom } from './asked-search.js';
import { ExportRows } from './export-rows.js';
import { FilledForm } from './filled-form.js';
import type { Outcome } from './noun-action.js';
import { PanelContents } from './panel-contents.js';
import type { PanelUser } from './panel-user.js';
import type { DownloadedFile } from './tool.js';
import { FILE_EMPTY, type FileLimits, type UploadedFile } from './uploaded-file.js';
import { Uploads } from './uploads.js';

const MOST_ROWS = 500;

/**
 * What the pages of the back office call, beside what AdminJS serves itself, below `/admin/api`:
 *
 * | call | answers |
 * |---|---|
 * | `GET forms/<noun>/<action>?ids=a,b` | the form of an action on these rows, what it shows of them, and which version that is |
 * | `POST actions/<noun>/<action>` `{ ids, input, version }` | does it, once, if what was shown is still so: `{ message, … }` |
 * | `POST tools/<tool>/<verb>` `{ … }` | whatever the tool's verb answers |
 * | `GET tools/<tool>/<download>?…` | a file |
 * | `POST exports/<noun>` `{ filters }` | what a list shows under its filter, as CSV |
 *
 * A call that brings a file has it as its body (`application/octet-stream`), the rest in the query: `request` as JSON,
 * `file` as its name. Every refusal is a problem in Chinese. It stands behind the door: who asks is known, and that a
 * page of ours does.
 */
@Injectable()
export class PanelApi {
  private readonly problems = new ProblemFilter();

  constructor(
    private readonly contents: PanelContents,
    private readonly unitOfWork: UnitOfWork,
    private readonly exportRows: ExportRows,
    private readonly uploads: Uploads,
    private readonly security: SecurityLog,
  ) {}

  router(): Router {
    const router = Router();
    router.get(
      '/forms/:noun/:action',
      this.answered((request) => this.form(request)),
    );
    const posts: [string, (request: Request, user: PanelUser) => Promise<unknown>][] = [
      ['/actions/:noun/:action', (request) => this.act(request)],
      ['/tools/:tool/:verb', (request) => this.callTool(request)],
      ['/exports/:noun', (request) => this.export(request)],
    ];
    for (const [path, call] of posts) router.post(path, jsonUnlessFile, this.answered(call as never));
    router.get(
      '/tools/:tool/:verb',
      this.answered((request) => this.download(request)),
    );
    router.use((error: unknown, request: Request, response: Response, _next: NextFunction) =>
      this.problems.answer(error, request, response),
    );
    return router;
  }

  private async form(request: Request) {
    const asked = this.asked(request);
    const { action } = asked;
    const ids = text(request.query.ids).split(',').filter(Boolean);
    const { about, rows, fields, values, version } = await FilledForm.open({ ...asked, ids });
    return {
      label: action.label,
      text: typeof action.text === 'function' ? await action.text(about) : action.text,
      rows,
      fields,
      values,
      version,
      submit: action.submit ?? action.label,
      confirm: action.confirm,
      file: action.file,
    };
  }

  private async act(request: Request): Promise<Outcome> {
    const asked = this.asked(request);
    const { action } = asked;
    return this.withBody(request, action.file, async (body, file) => {
      const { ids, input, version } = body as { ids?: unknown; input?: unknown; version?: unknown };
      const form = await FilledForm.open({ ...asked, ids: idList(ids) });
      form.isOf(version);
      const checked = await inputAs(action.input ?? Nothing, input);
      const { about, asShown } = form;
      const outcome = await action.run(checked, { ...about, file, asShown });
      const { message, facts, lines, takeBack } = Object(outcome) as Outcome;
      return { message: message ?? action.done, facts, lines, takeBack };
    });
  }

  private async callTool(request: Request): Promise<unknown> {
    const user = signedIn(request)!;
    const tool = this.contents.tool(text(request.params.tool), user);
    const verb = tool.verbs.find(({ name }) => name === request.params.verb);
    if (!verb) throw NOT_FOUND();
    onlyStaffOf(user.actor, ...(verb.roles ?? tool.roles));
    return this.withBody(request, verb.file, async (body, file) => {
      const answer = await verb.run(await inputAs(verb.input ?? Nothing, body), { user, file });
      return answer ?? {};
    });
  }

  private async download(request: Request): Promise<Download> {
    const user = signedIn(request)!;
    const tool = this.contents.tool(text(request.params.tool), user);
    const download = tool.downloads?.find(({ name }) => name === request.params.verb);
    if (!download) throw NOT_FOUND();
    onlyStaffOf(user.actor, ...(download.roles ?? tool.roles));
    return new Download(await download.run(await inputAs(download.input ?? Nothing, request.query), user));
  }

  private async export(request: Request): Promise<Download> {
    const user = signedIn(request)!;
    const noun = this.contents.noun(text(request.params.noun), user);
    const { filters } = Object(request.body) as { filters?: unknown };
    return new Download(await this.exportRows.execute({ noun, asked: searchFrom(noun, filters) }, user));
  }

  private asked(request: Request) {
    const user = signedIn(request)!;
    const { noun: id, action: name } = request.params;
    return {
      user,
      noun: this.contents.noun(text(id), user),
      action: this.contents.action(text(id), text(name), user),
      unitOfWork: this.unitOfWork,
    };
  }

  /** The body as JSON, or the file that is the body with what came beside it. */
  private async withBody<T>(
    request: Request,
    limits: FileLimits | undefined,
    work: (body: unknown, file?: UploadedFile) => Promise<T>,
  ): Promise<T> {
    if (!isFile(request)) {
      if (limits) throw FILE_EMPTY();
      return work(request.body ?? {});
    }
    if (!limits) throw MALFORMED_REQUEST();
    const body = parsed(text(request.query.request));
    const upload = {
      body: request,
      name: text(request.query.file),
      declaredBytes: Number(request.headers['content-length'] ?? 0),
      staffId: signedIn(request)!.actor.staffId,
    };
    return this.uploads.receive(upload, limits, (file) => work(body, file));
  }

  private answered(call: (request: Request) => Promise<unknown>): RequestHandler {
    return async (request, response) => {
      try {
        const answer = await call(request);
        if (answer instanceof Download) await answer.send(response);
        else response.json(answer);
      } catch (error) {
        // what is left of a file nobody wants goes nowhere, so that its sender comes to read the answer
        if (isFile(request)) request.resume();
        this.noteRole(request, error);
        this.problems.answer(error, request, response);
      }
    };
  }

  /** Who asks for what their role does not have is written down, whether or not they are told that it is there. */
  private noteRole(request: Request, error: unknown): void {
    const user = signedIn(request)!;
    const refused = error instanceof DomainError && error.code === NOT_YOUR_ROLE.definition.code;
    if (!refused && !this.contents.isForOthers(request.params, user)) return;
    const { staffId, address } = user.actor;
    this.security.note('staff.role', { staffId, address, outcome: NOT_YOUR_ROLE.definition.code });
  }
}

/** The input of what takes none. */
class Nothing {}

class Download {
  constructor(private readonly file: DownloadedFile) {}

  async send(response: Response): Promise<void> {
    const { fileName, type, content } = this.file;
    response.attachment(fileName).type(type);
    if (typeof content === 'string' || Buffer.isBuffer(content)) response.send(content);
    else await streamed(content, response);
  }
}

/** One that breaks off half-way must not look whole: the connection breaks off with it. */
async function streamed(content: Readable, response: Response): Promise<void> {
  try {
    await pipeline(content, response);
  } catch (error) {
    response.destroy();
    throw error;
  }
}

const jsonUnlessFile: RequestHandler = (request, response, next) =>
  isFile(request) ? next() : takeJson(request, response, next);

function idList(value: unknown): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > MOST_ROWS) throw NOT_FOUND();
  return [...new Set(value.map((id) => text(id)))];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What comes beside a file is bounded like a body. */
function parsed(request: string): unknown {
  let body: unknown;
  try {
    body = JSON.parse(request || '{}');
  } catch {
    throw MALFORMED_REQUEST();
  }
  if (isTooDeepOrWide(body)) throw MALFORMED_REQUEST();
  return body;
}
