import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import { theReviewIsNotApproved, theReviewIsNotPending } from './cet6-review.rules.js';

/** R-CR-6: a rejected review is withdrawn. */
@Injectable()
export class DeleteCet6Review {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reviews: Cet6ReviewRepository,
  ) {}

  /** @throws NOT_FOUND, REVIEW_PENDING, REVIEW_FINAL */
  async execute(actor: CandidateActor): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const review = await this.reviews.lockOf(tx, actor.accountId);
      if (!review || review.state === 'DELETED') throw NOT_FOUND();
      theReviewIsNotPending(review);
      theReviewIsNotApproved(review);
      if (!(await this.reviews.move(tx, review, 'DELETED', {}))) throw NOT_FOUND();
    });
  }
}
