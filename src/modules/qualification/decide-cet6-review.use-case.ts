import { Injectable } from '@nestjs/common';
import { actorLabel, type StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import {
  aRejectionHasAReason,
  REVIEW_ALREADY_DECIDED,
  theReviewAwaitsADecision,
} from './cet6-review.rules.js';

export interface DecideCet6ReviewCommand {
  reviewId: string;
  decision: 'APPROVE' | 'REJECT';
  /** Needed to reject; the candidate reads it. */
  reason?: string;
}

/** R-CR-4 and 7: the school decides; approval gives the CET6 qualification at once. */
@Injectable()
export class DecideCet6Review {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reviews: Cet6ReviewRepository,
  ) {}

  /** @throws REJECTION_REASON_INVALID, NOT_FOUND (outside the scope too), REVIEW_ALREADY_DECIDED */
  async execute(command: DecideCet6ReviewCommand, actor: StaffActor): Promise<void> {
    aRejectionHasAReason(command);
    await this.unitOfWork.run(async (tx) => {
      const review = await this.reviews.lock(tx, command.reviewId);
      if (!review || !covers(scopeOf(actor), review)) throw NOT_FOUND();
      theReviewAwaitsADecision(review);
      const decided = await this.reviews.move(
        tx,
        review,
        command.decision === 'APPROVE' ? 'APPROVED' : 'REJECTED',
        { decidedAt: tx.now, decidedBy: actorLabel(actor), reason: command.reason?.trim() || null },
      );
      if (!decided) throw REVIEW_ALREADY_DECIDED();
    });
  }
}
