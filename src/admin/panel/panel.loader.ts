import { Injectable } from '@nestjs/common';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { DomainError } from '../../kernel/domain-error.js';
import { takeNoBody } from '../../platform/http/body-bounds.js';
import { sendProblem } from '../../platform/http/problem.js';
import { BODY_NOT_TAKEN, NOT_FOUND } from '../../platform/http/refusals.js';
import { StaffDoor, signedIn } from '../staff/staff-door.js';
import { AbstractLoader, type AdminJS, AdminJSRouter, buildAssets, buildRoutes } from './adminjs.js';
import { readableQueriesOnly, rowsNotThere } from './asked-search.js';
import { hardenPages } from './page-hardening.js';
import { PANEL_STYLE } from './panel.style.js';
import { PanelApi } from './panel-api.js';
import { PanelContents } from './panel-contents.js';
import { REVIEW_STYLE } from './review.style.js';

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
      response.type('css').send(PANEL_STYLE + REVIEW_STYLE);
    });
    this.place.router.use('/api', this.api.router());
    this.place.router.get(['/pages/:id', '/api/pages/:id'], (request, _response, next) => {
      this.contents.tool(String(request.params.id), signedIn(request)!);
      next();
    });
    this.place.router.use('/api/resources/:noun', readableQueriesOnly(this.contents));
    this.place.router.use(
      knownActionsOnly(admin),
      takeNoBody((request, response) => sendProblem(request, response, BODY_NOT_TAKEN())),
      pagesOf(admin),
      // what nobody here knows goes no further: the app's own calls are elsewhere
      (request: Request, response: Response) => sendProblem(request, response, NOT_FOUND()),
      rowsNotThere,
      refusals,
    );
  }
}

/**
 * AdminJS's pages and what they read. Its own router parses every body, whatever its kind and length, into files of the
 * temporary folder; here it gets none, and nothing that is sent by POST.
 */
function pagesOf(admin: AdminJS): Router {
  const router = Router();
  const { assets } = AdminJSRouter;
  const routes = AdminJSRouter.routes.filter(({ method }) => method === 'GET');
  buildAssets({ admin, assets, routes, router });
  buildRoutes({ admin, routes, router });
  return router;
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

/** What a use-case refuses while AdminJS asks it. */
function refusals(error: unknown, request: Request, response: Response, next: NextFunction): void {
  if (error instanceof DomainError) sendProblem(request, response, error);
  else next(error);
}
