import { Injectable } from '@nestjs/common';
import { type NextFunction, type Request, type Response, Router, urlencoded } from 'express';
import session from 'express-session';
import { HOURS } from '../kernel/clock.js';
import { DomainError } from '../kernel/domain-error.js';
import { SchoolRepository } from '../modules/sitting/index.js';
import { Config } from '../platform/config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { sendProblem } from '../platform/http/problem.js';
import { FOREIGN_ORIGIN, NOT_SIGNED_IN } from '../platform/http/refusals.js';
import { SecretBox } from '../platform/http/secret-box.js';
import { comesFromOurPage } from '../platform/http/session-token.js';
import { type PanelUser, panelUser } from './panel-user.js';
import { sendComeAgainPage, sendSignInPage } from './sign-in.page.js';
import { SignInStaff } from './sign-in-staff.use-case.js';
import { StaffRepository } from './staff.repository.js';
import { StaffSessions } from './staff-sessions.js';

export const PANEL_PATH = '/admin';
const LOGIN_PATH = `${PANEL_PATH}/login`;
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
    private readonly signIn: SignInStaff,
  ) {}

  router(): Router {
    const router = Router();
    router.use(fromOurPagesOnly);
    router.use(
      session({
        name: 'cet_staff',
        secret: this.secrets.keyFor('staff-session'),
        store: this.sessions,
        resave: false,
        saveUninitialized: false,
        cookie: {
          path: PANEL_PATH,
          httpOnly: true,
          sameSite: 'strict',
          secure: 'auto',
          maxAge: this.config.sessionHours * HOURS,
        },
      }),
    );
    router.get('/login', (request, response) => {
      if (request.session.staffId) response.redirect(PANEL_PATH);
      else sendSignInPage(response, { next: pathInside(request.query.next) });
    });
    router.post('/login', urlencoded({ extended: false, limit: '10kb' }), (request, response) =>
      this.open(request, response),
    );
    router.get('/logout', (request, response, next) => {
      request.session.destroy((error) => (error ? next(error) : response.redirect(LOGIN_PATH)));
    });
    router.use((request, response, next) => this.admit(request, response, next));
    return router;
  }

  private async open(request: Request, response: Response): Promise<void> {
    const { login, password, next } = textsOf(request.body);
    try {
      const staff = await this.signIn.execute({ login, password }, { address: request.ip ?? 'unknown' });
      // a new session id: one that somebody planted before signing in must not become a signed-in one
      await promised((done) => request.session.regenerate(done));
      request.session.staffId = staff.id;
      await promised((done) => request.session.save(done));
      response.redirect(303, pathInside(next));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { retryAfterSeconds } = error.facts;
      if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
      response.status(error.definition.status);
      sendSignInPage(response, { next: pathInside(next), login, refusal: error.detail('zh') });
    }
  }

  /** Reads who it is at every request: whoever lost the right to be here is out at once. */
  private async admit(request: Request, response: Response, next: NextFunction): Promise<void> {
    const { staffId } = request.session;
    const reader = this.unitOfWork.read();
    const staff = staffId === undefined ? null : await this.staff.byId(reader, staffId);
    if (staff) {
      const value = await panelUser(reader, staff, this.schools);
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

/**
 * AdminJS has no CSRF token and calls some actions by GET: everything that changes something, and all of its API, must
 * come from a page of ours.
 */
function fromOurPagesOnly(request: Request, response: Response, next: NextFunction): void {
  const looksOnly = (request.method === 'GET' || request.method === 'HEAD') && !API.test(request.path);
  if (looksOnly || comesFromOurPage(request)) next();
  else sendProblem(request, response, FOREIGN_ORIGIN());
}

/** A path of the back office to go on to; anything else, another site above all, is its front page. */
function pathInside(next: unknown): string {
  const inside = typeof next === 'string' && next.length < 2000 && /^\/admin(?:[/?][^\\\s]*)?$/.test(next);
  return inside && !next.startsWith(LOGIN_PATH) ? next : PANEL_PATH;
}

function textsOf(body: unknown): { login: string; password: string; next: string } {
  const { login, password, next } = Object(body) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return { login: text(login), password: text(password).slice(0, 200), next: text(next) };
}

function promised(call: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
}
