import { Injectable } from '@nestjs/common';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { DomainError } from '../../kernel/domain-error.js';
import { sendProblem } from '../../platform/http/problem.js';
import { MALFORMED_REQUEST, NOT_FOUND } from '../../platform/http/refusals.js';
import { StaffDoor, signedIn } from '../staff/staff-door.js';
import { AbstractLoader, type AdminJS, AdminJSExpress } from './adminjs.js';
import { readableQueriesOnly, rowsNotThere } from './asked-search.js';
import { hardenPages } from './page-hardening.js';
import { PANEL_STYLE } from './panel.style.js';
import { PanelApi } from './panel-api.js';
import { PanelContents } from './panel-contents.js';

/** The place kept for the back office among the app's middleware; empty until the app initialises. */
@Injectable()
export class PanelPlace {
  readonly router = Router();
}

/**
 * Puts AdminJS into the place kept for it. @nestjs/adminjs calls this when the app initialises, which is after the body
 * parsers; its own loader therefore moves the panel in front of everything, log and security headers included.
 */
@Injectable()
export class PanelLoader extends AbstractLoader {
  constructor(
    private readonly place: PanelPlace,
    private readonly door: StaffDoor,
    private readonly api: PanelApi,
    private readonly contents: PanelContents,
  ) {
    super();
  }

  register(admin: AdminJS): void {
    this.place.router.use(inChinese, this.door.router(), hardenPages);
    this.place.router.get('/panel.css', (_request, response) => {
      response.type('css').send(PANEL_STYLE);
    });
    this.place.router.use('/api', this.api.router());
    this.place.router.get(['/pages/:id', '/api/pages/:id'], (request, _response, next) => {
      this.contents.tool(String(request.params.id), signedIn(request)!);
      next();
    });
    this.place.router.use('/api/resources/:noun', readableQueriesOnly(this.contents));
    this.place.router.use(
      knownActionsOnly(admin),
      AdminJSExpress.buildRouter(admin, Router(), { maxFieldsSize: 100_000, maxFileSize: 1 }),
      // what nobody here knows goes no further: its body has been read, and the app's parsers would trip over it
      (request: Request, response: Response) => sendProblem(request, response, NOT_FOUND()),
      rowsNotThere,
      bodyFaults,
    );
  }
}

/** Staff read Chinese, whatever their browser was made for. */
function inChinese(request: Request, _response: Response, next: NextFunction): void {
  request.headers['accept-language'] = 'zh-CN';
  next();
}

/**
 * A noun or action that is not there, or not for whoever asks, is not found. AdminJS would throw at the first and answer
 * 200 to the second.
 */
function knownActionsOnly(admin: AdminJS) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const asked = /^\/api\/resources\/([^/]+)\/(?:actions|records\/[^/]+|bulk)\/([^/]+)/i.exec(request.path);
    const resource = asked && admin.resources.find((known) => known.id() === asked[1]);
    const actions = resource?.decorate().actions ?? {};
    const action = asked && Object.hasOwn(actions, asked[2]!) ? actions[asked[2]!] : undefined;
    if (!asked || action?.isAccessible(signedIn(request))) next();
    else sendProblem(request, response, NOT_FOUND());
  };
}

/**
 * AdminJS's body parser puts `fields` on a request it could read; an error on one without is the body's fault, and the
 * parser tells it twice.
 */
function bodyFaults(error: unknown, request: Request, response: Response, next: NextFunction): void {
  if (error instanceof DomainError) sendProblem(request, response, error);
  else if (request.method === 'GET' || 'fields' in request) next(error);
  else if (!response.headersSent) sendProblem(request, response, MALFORMED_REQUEST());
}
