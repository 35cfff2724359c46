import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cet6Claim } from './cet6-claim.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import {
  normaliseTicketNumber,
  REVIEW_EXISTS,
  theAccountHasNoReview,
  theTicketIsOfACet4Since2005,
} from './cet6-review.rules.js';
import { LookUpLimits } from './look-up-limits.js';

/** R-CR-2 to 7: the candidate claims to have passed CET4, by ticket number. */
@Injectable()
export class SubmitCet6Review {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: LookUpLimits,
    private readonly claim: Cet6Claim,
    private readonly reviews: Cet6ReviewRepository,
  ) {}

  /**
   * @throws TOO_MANY_ATTEMPTS, TICKET_NUMBER_INVALID, NO_CURRENT_SITTING, QUALIFICATION_NOT_QUERIED, REVIEW_EXISTS,
   * REVIEW_NOT_OFFERED, RESULT_NOT_FOUND
   */
  async execute(command: { ticketNumber: string }, actor: CandidateActor): Promise<void> {
    await this.limits.countTicket(actor);
    const ticketNumber = normaliseTicketNumber(command.ticketNumber);
    await this.unitOfWork.run(async (tx) => {
      theTicketIsOfACet4Since2005(ticketNumber, tx.now);
      const candidacy = await this.claim.lock(tx, actor.accountId);
      const earlier = await this.reviews.lockOf(tx, actor.accountId);
      theAccountHasNoReview(earlier);
      const { state, ...claimed } = await this.claim.weigh(tx, candidacy, ticketNumber);

      if (!earlier) return this.reviews.add(tx, { ...claimed, state, submissions: 1 });
      const submissions = earlier.submissions + 1;
      if (!(await this.reviews.move(tx, earlier, state, { ...claimed, submissions }))) throw REVIEW_EXISTS();
    });
  }
}
