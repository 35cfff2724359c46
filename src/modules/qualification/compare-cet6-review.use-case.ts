import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { Cet6EvidenceOf, evidenceVersion, type WeighedReview } from './cet6-evidence.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import { type NotClean, whyNotClean } from './clean-review.rules.js';

/** R-CR-4: what the candidate says beside what the CET4 record and the roster say, for whoever decides. */
@Injectable()
export class CompareCet6Review {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reviews: Cet6ReviewRepository,
    private readonly evidence: Cet6EvidenceOf,
  ) {}

  /** @throws NOT_FOUND (outside the scope too) */
  async execute(
    { reviewId }: { reviewId: string },
    actor: StaffActor,
  ): Promise<WeighedReview & { notClean: NotClean | undefined; version: string; now: Date }> {
    const reader = this.unitOfWork.read();
    const review = await this.reviews.byId(reader, reviewId);
    if (!review || review.state === 'DELETED' || !covers(scopeOf(actor), review)) throw NOT_FOUND();
    const [weighed] = await this.evidence.reviews(reader, [review]);
    return {
      ...weighed!,
      notClean: whyNotClean(weighed!),
      version: evidenceVersion(weighed!),
      now: reader.now,
    };
  }
}
