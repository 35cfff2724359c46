import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { SecurityLog } from '../../platform/security-log.js';
import { SessionRepository } from './session.repository.js';

/** R-PP-8: signs out here, or somewhere else. */
@Injectable()
export class EndSession {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionRepository,
    private readonly security: SecurityLog,
  ) {}

  /** @throws NOT_FOUND if the candidate has no such session */
  execute({ sessionId }: { sessionId: string }, { accountId, address }: CandidateActor): Promise<void> {
    return this.security.during('passport.session-end', { accountId, address }, async () => {
      const ended = await this.unitOfWork.run((tx) => this.sessions.end(tx, accountId, sessionId));
      if (!ended) throw NOT_FOUND();
    });
  }
}
