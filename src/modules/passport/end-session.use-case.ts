import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { SessionRepository } from './session.repository.js';

/** R-PP-8: signs out here, or somewhere else. */
@Injectable()
export class EndSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionRepository,
  ) {}

  /** @throws NOT_FOUND if the candidate has no such session */
  async execute({ sessionId }: { sessionId: string }, actor: CandidateActor): Promise<void> {
    const ended = await this.unitOfWork.run((tx) => this.sessions.end(tx, actor.accountId, sessionId));
    if (!ended) throw NOT_FOUND();
  }
}
