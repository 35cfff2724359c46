import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cet6Decision } from './cet6-decision.js';
import { aRejectionHasAReason } from './cet6-review.rules.js';

export interface DecideCet6ReviewCommand {
  reviewId: string;
  decision: 'APPROVE' | 'REJECT';
  /** Needed to reject; the candidate reads it. */
  reason?: string;
}

/** R-CR-4 and 7: the school decides; approval gives the CET6 qualification at once, and the candidate is told. */
@Injectable()
export class DecideCet6Review {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decision: Cet6Decision,
  ) {}

  /** @throws NOT_YOUR_ROLE, REJECTION_REASON_INVALID, NOT_FOUND (outside the scope too), REVIEW_ALREADY_DECIDED */
  async execute(command: DecideCet6ReviewCommand, actor: StaffActor): Promise<void> {
    onlyStaffOf(actor, 'SCHOOL');
    aRejectionHasAReason(command);
    await this.unitOfWork.run(async (tx) => {
      const review = await this.decision.lock(tx, command.reviewId, actor);
      await this.decision.make(tx, review, command, actor);
    });
  }
}
