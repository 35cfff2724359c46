import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { Cet6Claim } from './cet6-claim.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import {
  normaliseTicketNumber,
  REVIEW_PENDING,
  theReviewIsNotApproved,
  theReviewIsNotPending,
  theTicketIsOfACet4Since2005,
} from './cet6-review.rules.js';
import { LookUpLimits } from './look-up-limits.js';

/** R-CR-6: a rejected review is changed and submitted again. */
@Injectable()
export class ResubmitCet6Review {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: LookUpLimits,
    private readonly claim: Cet6Claim,
    private readonly reviews: Cet6ReviewRepository,
  ) {}

  /**
   * @throws TOO_MANY_ATTEMPTS, TICKET_NUMBER_INVALID, NO_CURRENT_SITTING, QUALIFICATION_NOT_QUERIED, NOT_FOUND,
   * REVIEW_PENDING, REVIEW_FINAL, REVIEW_NOT_OFFERED, RESULT_NOT_FOUND
   */
  async execute(command: { ticketNumber: string }, actor: CandidateActor): Promise<void> {
    await this.limits.countTicket(actor);
    const ticketNumber = normaliseTicketNumber(command.ticketNumber);
    await this.unitOfWork.run(async (tx) => {
      theTicketIsOfACet4Since2005(ticketNumber, tx.now);
      const candidacy = await this.claim.lock(tx, actor.accountId);
      const rejected = await this.reviews.lockOf(tx, actor.accountId);
      if (!rejected || rejected.state === 'DELETED') throw NOT_FOUND();
      theReviewIsNotPending(rejected);
      theReviewIsNotApproved(rejected);
      const { state, ...claimed } = await this.claim.weigh(tx, candidacy, ticketNumber);
      const submissions = rejected.submissions + 1;
      if (!(await this.reviews.move(tx, rejected, state, { ...claimed, submissions })))
        throw REVIEW_PENDING();
    });
  }
}
