import { Injectable } from '@nestjs/common';
import { type NextFunction, type Request, type Response, Router } from 'express';
import session from 'express-session';
import { HOURS } from '../../kernel/clock.js';
import { SchoolRepository } from '../../modules/sitting/index.js';
import { Config } from '../../platform/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { cookieOf } from '../../platform/http/cookies.js';
import { Devices } from '../../platform/http/devices.js';
import { sendProblem } from '../../platform/http/problem.js';
import { FOREIGN_ORIGIN, NOT_FOUND, NOT_SIGNED_IN } from '../../platform/http/refusals.js';
import { SecretBox } from '../../platform/http/secret-box.js';
import { comesFromOurPage } from '../../platform/http/session-token.js';
import { PanelContents } from '../panel/panel-contents.js';
import { type PanelUser, panelUser } from '../panel/panel-user.js';
import { InvitationRoutes } from './invitation.routes.js';
import { LOGIN_PATH, PANEL_PATH } from './places.js';
import { sendComeAgainPage } from './sign-in.page.js';
import { deviceCookieLast, SignInRoutes } from './sign-in.routes.js';
import { staffActor } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';
import { StaffSessions, sessionRowId } from './staff-sessions.js';

const API = /^\/api(\/|$)/i;

declare module 'express-session' {
  interface SessionData {
    /** Where AdminJS looks for who it is; set at every request and never stored. */
    adminUser: PanelUser;
  }
}

/** Who is signed in; undefined outside the door. */
export function signedIn(request: Request): PanelUser | undefined {
  return request.session.adminUser;
}

/** Who gets in: signing in and out, and nobody else any further. Express middleware, mounted at `/admin`. */
@Injectable()
export class StaffDoor {
  constructor(
    private readonly config: Config,
    private readonly secrets: SecretBox,
    private readonly sessions: StaffSessions,
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffRepository,
    private readonly schools: SchoolRepository,
    private readonly signInRoutes: SignInRoutes,
    private readonly invitationRoutes: InvitationRoutes,
    private readonly contents: PanelContents,
    private readonly devices: Devices,
  ) {}

  router(): Router {
    const router = Router();
    const { name, ...cookie } = cookieOf(this.config, 'cet_staff', PANEL_PATH);
    router.use(spelledAsOurs, fromOurPagesOnly, deviceCookieLast(this.devices));
    if (cookie.secure) router.use(asItIsPublished);
    router.use(
      session({
        name,
        secret: this.secrets.keyFor('staff-session'),
        store: this.sessions,
        resave: false,
        saveUninitialized: false,
        cookie: {
          ...cookie,
          secure: cookie.secure || 'auto',
          maxAge: this.config.sessionHours * HOURS,
        },
      }),
    );
    router.use(this.signInRoutes.router(), this.invitationRoutes.router());
    router.use((request, response, next) => this.admit(request, response, next));
    return router;
  }

  /** Reads who it is at every request: whoever lost the right to be here is out at once. */
  private async admit(request: Request, response: Response, next: NextFunction): Promise<void> {
    const { staffId } = request.session;
    const reader = this.unitOfWork.read();
    const staff = staffId === undefined ? null : await this.staff.byId(reader, staffId);
    if (staff && staff.disabledAt === null) {
      const value = await panelUser(reader, staff, this.schools, {
        navigation: this.contents.navigation(staffActor(staff)),
        sessionId: sessionRowId(request.sessionID),
        address: request.ip,
      });
      // not enumerable, so that it is not stored
      Object.defineProperty(request.session, 'adminUser', { value, enumerable: false });
      next();
    } else if (API.test(request.path)) {
      sendProblem(request, response, NOT_SIGNED_IN());
    } else if (request.headers['sec-fetch-site'] === 'cross-site') {
      sendComeAgainPage(response);
    } else {
      response.redirect(`${LOGIN_PATH}?next=${encodeURIComponent(request.originalUrl)}`);
    }
  }
}

/** Express takes `/ADMIN` for `/admin`; the session's cookie does not, and there would be none to look into. */
function spelledAsOurs(request: Request, response: Response, next: NextFunction): void {
  if (request.baseUrl === PANEL_PATH) next();
  else sendProblem(request, response, NOT_FOUND());
}

/** People come by https, be the last stretch to us plain: express-session would hold a `Secure` cookie back from it. */
function asItIsPublished(request: Request, _response: Response, next: NextFunction): void {
  Object.defineProperty(request, 'secure', { value: true });
  next();
}

/**
 * AdminJS has no CSRF token and calls some actions by GET: everything that changes something, and all of its API, must
 * come from a page of ours.
 */
function fromOurPagesOnly(request: Request, response: Response, next: NextFunction): void {
  const looksOnly = (request.method === 'GET' || request.method === 'HEAD') && !API.test(request.path);
  if (looksOnly || comesFromOurPage(request)) next();
  else sendProblem(request, response, FOREIGN_ORIGIN());
}
