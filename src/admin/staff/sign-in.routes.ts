import { Injectable } from '@nestjs/common';
import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express';
import { Clock, MINUTES } from '../../kernel/clock.js';
import { DomainError } from '../../kernel/domain-error.js';
import type { Devices } from '../../platform/http/devices.js';
import { networkOf } from '../../platform/http/network.js';
import { comesFromOurPage } from '../../platform/http/session-token.js';
import { textsOf } from './form-fields.js';
import { LOGIN_PATH, PANEL_PATH, pathInside } from './places.js';
import { sendCodePage, sendSignInPage } from './sign-in.page.js';
import { SignInStaff, type StaffVisitor } from './sign-in-staff.use-case.js';
import { SignOutStaff } from './sign-out-staff.use-case.js';
import { passwordFingerprint, type Staff } from './staff.entity.js';
import { STAFF_LOGIN_FAILED } from './staff.rules.js';

const CODE_WITHIN_MS = 10 * MINUTES;

/** The pages by which staff sign in, in one step or two, and out. */
@Injectable()
export class SignInRoutes {
  constructor(
    private readonly signIn: SignInStaff,
    private readonly signOut: SignOutStaff,
    private readonly clock: Clock,
  ) {}

  router(): Router {
    const router = Router();
    const form = urlencoded({ extended: false, limit: '10kb' });
    router.get('/login', (request, response) => this.show(request, response));
    router.post('/login', form, (request, response) => this.takePassword(request, response));
    router.post('/login/code', form, (request, response) => this.takeCode(request, response));
    router.get('/logout', async (request, response, next) => {
      // nobody is signed out by a picture on another site
      if (!comesFromOurPage(request)) return response.redirect(PANEL_PATH);
      const { staffId } = request.session;
      if (staffId) await this.signOut.execute({ staffId, address: request.ip });
      request.session.destroy((error) => (error ? next(error) : response.redirect(LOGIN_PATH)));
    });
    return router;
  }

  private async show(request: Request, response: Response): Promise<void> {
    const next = pathInside(request.query.next);
    if (request.session.staffId) response.redirect(PANEL_PATH);
    else if (this.codeAwaitedFrom(request) && !request.query.again) sendCodePage(response, { next });
    else sendSignInPage(response, { next, check: await this.signIn.checkFor(visitorOf(request)) });
  }

  private async takePassword(request: Request, response: Response): Promise<void> {
    const { login, password, challenge, next } = textsOf(
      request.body,
      'login',
      'password',
      'challenge',
      'next',
    );
    try {
      const command = { login, password: password.slice(0, 200), challenge };
      const staff = await this.signIn.execute(command, visitorOf(request));
      if (staff.totpSince === null) return await this.letIn(request, response, staff, next);
      await freshSession(request);
      const until = this.clock.now().getTime() + CODE_WITHIN_MS;
      request.session.codeAwaited = { staffId: staff.id, password: passwordFingerprint(staff), until };
      await saved(request);
      response.redirect(303, `${LOGIN_PATH}?next=${encodeURIComponent(pathInside(next))}`);
    } catch (error) {
      const refusal = refused(response, error);
      const check = await this.signIn.checkFor(visitorOf(request), login);
      sendSignInPage(response, { next: pathInside(next), login, refusal, check });
    }
  }

  private async takeCode(request: Request, response: Response): Promise<void> {
    const { code, next } = textsOf(request.body, 'code', 'next');
    const awaited = this.codeAwaitedFrom(request);
    if (awaited === undefined) return response.redirect(303, LOGIN_PATH);
    try {
      const staff = await this.signIn.takeCode({ ...awaited, code }, visitorOf(request));
      await this.letIn(request, response, staff, next);
    } catch (error) {
      if (error instanceof DomainError && error.code === STAFF_LOGIN_FAILED.definition.code) {
        delete request.session.codeAwaited;
        await saved(request);
        return sendSignInPage(response, { next: pathInside(next), refusal: refused(response, error) });
      }
      sendCodePage(response, { next: pathInside(next), refusal: refused(response, error) });
    }
  }

  private async letIn(request: Request, response: Response, staff: Staff, next: string): Promise<void> {
    await freshSession(request);
    response.locals.device = this.signIn.deviceOf(staff, visitorOf(request));
    request.session.staffId = staff.id;
    request.session.from = { browser: request.headers['user-agent'], address: request.ip };
    await saved(request);
    response.redirect(303, pathInside(next));
  }

  private codeAwaitedFrom({ session }: Request): { staffId: string; password: string } | undefined {
    const { codeAwaited } = session;
    return codeAwaited && codeAwaited.until > this.clock.now().getTime() ? codeAwaited : undefined;
  }
}

/**
 * Sends the device's cookie after the session's, which express-session adds as the answer begins: it stands before
 * `session()`, whose own hook then comes first.
 */
export function deviceCookieLast(devices: Devices): RequestHandler {
  return (request, response, next) => {
    const { writeHead } = response;
    response.writeHead = ((...head: Parameters<typeof writeHead>) => {
      const device: unknown = response.locals.device;
      if (typeof device === 'string') devices.send(request, response, device);
      return writeHead.apply(response, head);
    }) as typeof writeHead;
    next();
  };
}

function visitorOf(request: Request): StaffVisitor {
  const { ip = 'unknown', headers } = request;
  return { address: ip, network: networkOf(ip), cookies: headers.cookie };
}

/** A new session id: one that somebody planted before signing in must not become a signed-in one. */
function freshSession(request: Request): Promise<void> {
  return promised((done) => request.session.regenerate(done));
}

function saved(request: Request): Promise<void> {
  return promised((done) => request.session.save(done));
}

/** The sentence of a refusal, its status set. @throws what is none */
function refused(response: Response, error: unknown): string {
  if (!(error instanceof DomainError)) throw error;
  const { retryAfterSeconds } = error.facts;
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
  response.status(error.definition.status);
  return error.detail('zh');
}

function promised(call: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
}
