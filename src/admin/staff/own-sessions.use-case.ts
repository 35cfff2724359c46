import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import type { StaffSession } from './staff-session.entity.js';
import { StaffSessionRepository } from './staff-session.repository.js';

/** Staff see where they are signed in, and sign out elsewhere. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: StaffSessionRepository,
  ) {}

  /** Newest first. */
  list({ staffId }: StaffActor): Promise<StaffSession[]> {
    return this.sessions.ofStaff(this.unitOfWork.read(), staffId);
  }

  /** @throws NOT_FOUND for somebody else's, or one that has ended */
  async end(id: string, { staffId }: StaffActor): Promise<void> {
    const ended = await this.unitOfWork.run((tx) => this.sessions.end(tx, staffId, id));
    if (!ended) throw NOT_FOUND();
  }

  /** Signs out everywhere but here. */
  async endOthers(keptId: string, { staffId }: StaffActor): Promise<void> {
    await this.unitOfWork.run((tx) => this.sessions.endOthers(tx, staffId, keptId));
  }
}
