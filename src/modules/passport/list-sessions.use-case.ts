import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SessionRepository } from './session.repository.js';
import { SessionShown, type SessionsShown } from './shown.dto.js';

/** R-PP-8: where the candidate is signed in. */
@Injectable()
export class ListSessions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionRepository,
  ) {}

  async execute(actor: CandidateActor): Promise<SessionsShown> {
    const sessions = await this.sessions.ofAccount(this.unitOfWork.read(), actor.accountId);
    return { items: sessions.map((session) => SessionShown.of(session, actor.sessionId)) };
  }
}
