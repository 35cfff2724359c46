import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cet6Claim } from './cet6-claim.js';
import type { Cet6Review } from './cet6-review.entity.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import { Qualification } from './qualification.js';

export interface Cet6ReviewAnswer {
  offered: boolean;
  review: Cet6Review | null;
}

/** R-CR-8: may the candidate ask for the review, and where does the account's one stand? */
@Injectable()
export class ShowCet6Review {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claim: Cet6Claim,
    private readonly qualification: Qualification,
    private readonly reviews: Cet6ReviewRepository,
  ) {}

  /** @throws NO_CURRENT_SITTING, QUALIFICATION_NOT_QUERIED */
  async execute({ accountId }: CandidateActor): Promise<Cet6ReviewAnswer> {
    const reader = this.unitOfWork.read();
    const { cet6Review } = await this.qualification.of(reader, await this.claim.of(reader, accountId));
    return { offered: cet6Review.offered, review: await this.reviews.liveOf(reader, accountId) };
  }
}
