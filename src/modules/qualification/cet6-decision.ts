import { Injectable } from '@nestjs/common';
import { actorLabel, type StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import type { Cet6Review } from './cet6-review.entity.js';
import { CET6_APPROVED, CET6_REJECTED } from './cet6-review.messages.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import { REVIEW_ALREADY_DECIDED, theReviewAwaitsADecision } from './cet6-review.rules.js';
import { TellCandidate } from './tell-candidate.js';

/** How the school decides a review, one by one or many at once: the move, its line in the audit trail, the message. */
@Injectable()
export class Cet6Decision {
  constructor(
    private readonly reviews: Cet6ReviewRepository,
    private readonly auditTrail: AuditTrail,
    private readonly tell: TellCandidate,
  ) {}

  /** The review, which nobody else decides before this transaction ends. @throws NOT_FOUND, REVIEW_ALREADY_DECIDED */
  async lock(tx: Tx, reviewId: string, actor: StaffActor): Promise<Cet6Review> {
    const review = await this.reviews.lock(tx, reviewId);
    if (!review || !covers(scopeOf(actor), review)) throw NOT_FOUND();
    theReviewAwaitsADecision(review);
    return review;
  }

  /** @throws REVIEW_ALREADY_DECIDED */
  async make(
    tx: Tx,
    review: Cet6Review,
    { decision, reason }: { decision: 'APPROVE' | 'REJECT'; reason?: string },
    actor: StaffActor,
  ): Promise<void> {
    const state = decision === 'APPROVE' ? 'APPROVED' : 'REJECTED';
    const decided = { decidedAt: tx.now, decidedBy: actorLabel(actor), reason: reason?.trim() || null };
    if (!(await this.reviews.move(tx, review, state, decided))) throw REVIEW_ALREADY_DECIDED();
    await this.auditTrail.record(tx, actor, {
      action: 'cet6-review.decide',
      rowId: review.id,
      provinceCode: review.provinceCode,
      schoolCode: review.schoolCode,
      before: { state: review.state, reason: review.reason },
      after: { state, reason: decided.reason },
    });
    await this.tell.execute(tx, review.accountId, state === 'APPROVED' ? CET6_APPROVED : CET6_REJECTED);
  }
}
