import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { DomainError, type Refusal } from '../../kernel/domain-error.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { ROWS_CHANGED_MEANWHILE, type Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { notTooManyAtOnce } from './at-once.rules.js';
import { Cet6Decision } from './cet6-decision.js';
import { Cet6EvidenceOf } from './cet6-evidence.js';
import type { Cet6Review } from './cet6-review.entity.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import { REVIEW_ALREADY_DECIDED } from './cet6-review.rules.js';
import { NOT_CLEAN, whyNotClean } from './clean-review.rules.js';

export interface ApprovedCleanReviews {
  approved: number;
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
   * @throws NOT_YOUR_ROLE, TOO_MANY_AT_ONCE, NOT_FOUND (if one is outside the scope, nothing is done),
   * ROWS_CHANGED_MEANWHILE if the only one is not as it was shown
   */
  async execute(
    command: { reviewIds: readonly string[] } & Shown,
    actor: StaffActor,
  ): Promise<ApprovedCleanReviews> {
    onlyStaffOf(actor, 'SCHOOL');
    notTooManyAtOnce(command.reviewIds);
    const ids = [...new Set(command.reviewIds)];
    const chosen = await this.reviews.byIds(this.unitOfWork.read(), ids);
    if (chosen.length < ids.length || !chosen.every((review) => covers(scopeOf(actor), review)))
      throw NOT_FOUND();

    const answer: ApprovedCleanReviews = { approved: 0, leftOut: [] };
    for (const review of chosen) {
      const why = await this.approve(review, command, actor).catch((error: unknown) => {
        if (!isOf(error, ROWS_CHANGED_MEANWHILE) || chosen.length === 1) throw error;
        return error.detail('zh');
      });
      if (why === undefined) answer.approved++;
      else answer.leftOut.push({ reviewId: review.id, name: review.name, why });
    }
    return answer;
  }

  /** Undefined if it was approved, otherwise why not. */
  private async approve(
    { id }: Cet6Review,
    { asShown }: Shown,
    actor: StaffActor,
  ): Promise<string | undefined> {
    try {
      return await this.unitOfWork.run(async (tx) => {
        const review = await this.decision.lock(tx, id, actor);
        await asShown?.(tx, id);
        const [weighed] = await this.evidence.reviews(tx, [review]);
        const reason = whyNotClean(weighed!);
        if (reason) return NOT_CLEAN[reason];
        await this.decision.make(tx, review, { decision: 'APPROVE' }, actor);
        return undefined;
      });
    } catch (error) {
      if (isOf(error, REVIEW_ALREADY_DECIDED)) return error.detail('zh');
      throw error;
    }
  }
}

function isOf(error: unknown, { definition }: Refusal): error is DomainError {
  return error instanceof DomainError && error.code === definition.code;
}
