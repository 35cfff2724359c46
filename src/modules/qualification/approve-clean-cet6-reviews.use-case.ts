import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { isRefusal } from '../../kernel/domain-error.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { ROWS_CHANGED_MEANWHILE, type Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { notTooManyAtOnce } from './at-once.rules.js';
import { Cet6Decision } from './cet6-decision.js';
import { REVIEW_ALREADY_DECIDED } from './cet6-decision.rules.js';
import { Cet6EvidenceOf, evidenceVersion, type WeighedReview } from './cet6-evidence.js';
import type { Cet6Review } from './cet6-review.entity.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import { NOT_CLEAN, whyNotClean } from './clean-review.rules.js';

export interface ApproveCleanCommand extends Shown {
  /** Each with the version that `ListCet6Queue` has shown of it, where it was chosen there. */
  reviews: readonly { reviewId: string; version?: string }[];
}

export interface ApprovedCleanReviews {
  /** The ids of those approved, for ten seconds to be taken back. */
  approved: string[];
  /** Those that a person must look at, each with the reason. */
  leftOut: { reviewId: string; name: string; why: string }[];
}

/** R-CR-4: the school approves, in one go, those of the chosen reviews whose documents are plainly one person's. */
@Injectable()
export class ApproveCleanCet6Reviews {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reviews: Cet6ReviewRepository,
    private readonly decision: Cet6Decision,
    private readonly evidence: Cet6EvidenceOf,
  ) {}

  /**
   * Each in a transaction of its own: one that is decided, or changed, meanwhile stops no other.
   * @throws NOT_YOUR_ROLE, TOO_MANY_AT_ONCE, NOT_FOUND (if one is outside the scope), ROWS_CHANGED_MEANWHILE (if one is
   * not as it was shown): nothing is done then
   */
  async execute(command: ApproveCleanCommand, actor: StaffActor): Promise<ApprovedCleanReviews> {
    onlyStaffOf(actor, 'SCHOOL');
    const shown = new Map(command.reviews.map(({ reviewId, version }) => [reviewId, version]));
    const ids = [...shown.keys()];
    notTooManyAtOnce(ids);
    const reader = this.unitOfWork.read();
    const chosen = await this.reviews.byIds(reader, ids);
    if (chosen.length < ids.length || !chosen.every((review) => covers(scopeOf(actor), review)))
      throw NOT_FOUND();
    for (const weighed of await this.evidence.reviews(reader, chosen))
      isAsShown(weighed, shown.get(weighed.review.id));

    const answer: ApprovedCleanReviews = { approved: [], leftOut: [] };
    for (const review of chosen) {
      const { id: reviewId, name } = review;
      const why = await this.approve(review, shown.get(reviewId), command, actor).catch((error: unknown) => {
        const isOfNoOther = chosen.length > 1 && isRefusal(error, ROWS_CHANGED_MEANWHILE);
        if (isOfNoOther || isRefusal(error, REVIEW_ALREADY_DECIDED)) return error.detail('zh');
        throw error;
      });
      if (why === undefined) answer.approved.push(reviewId);
      else answer.leftOut.push({ reviewId, name, why });
    }
    return answer;
  }

  /** Undefined if it was approved, otherwise why not. */
  private approve(
    { id }: Cet6Review,
    version: string | undefined,
    { asShown }: Shown,
    actor: StaffActor,
  ): Promise<string | undefined> {
    return this.unitOfWork.run(async (tx) => {
      const review = await this.decision.lock(tx, id, actor);
      await asShown?.(tx, id);
      const [weighed] = await this.evidence.reviews(tx, [review]);
      isAsShown(weighed!, version);
      const reason = whyNotClean(weighed!);
      if (reason) return NOT_CLEAN[reason];
      await this.decision.give(tx, review, { decision: 'APPROVE' }, actor);
      return undefined;
    });
  }
}

function isAsShown(weighed: WeighedReview, version: string | undefined): void {
  if (version !== undefined && evidenceVersion(weighed) !== version) throw ROWS_CHANGED_MEANWHILE();
}
