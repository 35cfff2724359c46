import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { CandidateActor } from '../../kernel/actor.js';
import { Config } from '../../platform/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { FOREIGN_ORIGIN, NOT_SIGNED_IN } from '../../platform/http/refusals.js';
import { comesFromOurPage, sessionToken } from '../../platform/http/session-token.js';
import { Together } from '../../platform/together.js';
import type { AccountFacts } from './account.entity.js';
import { passwordIsTheirOwn } from './account.rules.js';
import { type Recognised, SessionRepository } from './session.repository.js';

/** Set on a call that a session with the initial password may make too (R-PP-7). */
export const OPENS_WITH_INITIAL_PASSWORD = 'OPENS_WITH_INITIAL_PASSWORD';

/** A request behind `SessionGuard`. */
export interface SignedInRequest extends Request {
  actor: CandidateActor;
  account: AccountFacts;
}

/**
 * Lets in whoever has a session, and says who it is, in one SQL statement for all who come at once. A cookie goes along with requests that
 * other sites' pages make, so a change on the strength of one must come from a page of ours. An initial password, which is
 * written in the FAQ, opens nothing but what says so.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  private readonly recognised: Together<string, Recognised | undefined>;

  constructor(
    unitOfWork: UnitOfWork,
    sessions: SessionRepository,
    private readonly reflector: Reflector,
    private readonly config: Config,
  ) {
    this.recognised = new Together((tokens) => sessions.recognise(unitOfWork.read(), tokens), {
      most: 200,
      rounds: 1,
    });
  }

  /** @throws NOT_SIGNED_IN, FOREIGN_ORIGIN, PASSWORD_MUST_CHANGE */
  async canActivate(context: ExecutionContext): Promise<true> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const sent = sessionToken(request, this.config);
    if (!sent) throw NOT_SIGNED_IN();
    if (sent.from === 'COOKIE' && request.method !== 'GET' && !comesFromOurPage(request))
      throw FOREIGN_ORIGIN();

    const session = await this.recognised.ask(sent.token);
    if (!session) throw NOT_SIGNED_IN();
    if (!this.reflector.get(OPENS_WITH_INITIAL_PASSWORD, context.getHandler()))
      passwordIsTheirOwn(session.account);
    request.account = session.account;
    request.actor = {
      type: 'CANDIDATE',
      accountId: session.account.id,
      sessionId: session.sessionId,
      address: request.ip,
    };
    return true;
  }
}
