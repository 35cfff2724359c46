import { Injectable } from '@nestjs/common';
import { actorLabel, type StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import {
  finalFrom,
  isDue,
  REVIEW_ALREADY_DECIDED,
  theDecisionCanStillBeTakenBack,
  theDecisionIsTheirs,
  theReviewAwaitsADecision,
} from './cet6-decision.rules.js';
import type { Cet6Basis, Cet6Verdict, GivenDecision } from './cet6-given-decision.js';
import type { Cet6Review } from './cet6-review.entity.js';
import { CET6_APPROVED, CET6_REJECTED } from './cet6-review.messages.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import { TellCandidate } from './tell-candidate.js';

const STATES = { APPROVE: 'APPROVED', REJECT: 'REJECTED' } as const;

/**
 * How the school decides a review, one by one or many at once: the decision is given, may be taken back for ten seconds,
 * and is made after them, whoever is still there: only then does it count for anything, and the candidate is told.
 */
@Injectable()
export class Cet6Decision {
  constructor(
    private readonly reviews: Cet6ReviewRepository,
    private readonly auditTrail: AuditTrail,
    private readonly tell: TellCandidate,
  ) {}

  /** The review, which nobody else decides before this transaction ends. @throws NOT_FOUND, REVIEW_ALREADY_DECIDED */
  async lock(tx: Tx, reviewId: string, actor: StaffActor): Promise<Cet6Review> {
    const review = await this.inScope(tx, reviewId, actor);
    theReviewAwaitsADecision(review);
    return review;
  }

  /** Gives when it is final. @throws REVIEW_ALREADY_DECIDED */
  async give(
    tx: Tx,
    review: Cet6Review,
    { decision, reason, basis = null }: { decision: Cet6Verdict; reason?: string; basis?: Cet6Basis | null },
    actor: StaffActor,
  ): Promise<Date> {
    const given = { decision, by: actorLabel(actor), reason: reason?.trim() || null, basis };
    const finalAt = finalFrom(tx.now);
    if (!(await this.reviews.give(tx, review, given, finalAt))) throw REVIEW_ALREADY_DECIDED();
    await this.auditTrail.record(tx, actor, {
      action: 'cet6-review.decide',
      ...whose(review),
      after: { ...claimIn(review), ...whatWasGiven(given), finalAt },
    });
    return finalAt;
  }

  /** As if nobody had decided it. @throws NOT_FOUND, DECISION_FINAL, DECISION_OF_ANOTHER */
  async takeBack(tx: Tx, reviewId: string, actor: StaffActor): Promise<void> {
    const review = await this.inScope(tx, reviewId, actor);
    theDecisionCanStillBeTakenBack(review, tx.now);
    theDecisionIsTheirs(review.given, actorLabel(actor));
    await this.drop(tx, review, actor);
  }

  /** What somebody has given and what is not final, is not to be: their account is theirs no more. */
  async dropAllOf(tx: Tx, staffId: string, actor: StaffActor): Promise<void> {
    const by = actorLabel({ ...actor, staffId });
    for (const { id } of (await this.reviews.given(tx)).filter(({ given }) => given?.by === by)) {
      const review = await this.reviews.lock(tx, id);
      if (review?.given?.by === by && !isDue(review, tx.now)) await this.drop(tx, review, actor);
    }
  }

  /** Makes what was given, if it is due and stands; false otherwise. Once, whoever else comes at the same time. */
  async makeFinal(tx: Tx, reviewId: string): Promise<boolean> {
    const review = await this.reviews.lock(tx, reviewId);
    if (!review?.given || !review.finalAt || !isDue(review, tx.now)) return false;
    const { decision, by, reason, basis } = review.given;
    const state = STATES[decision];
    const decided = { decidedAt: review.finalAt, decidedBy: by, reason, basis, given: null, finalAt: null };
    if (!(await this.reviews.move(tx, review, state, decided))) return false;
    await this.auditTrail.record(
      tx,
      { type: 'SYSTEM', cause: 'cet6-review.make-final' },
      {
        action: 'cet6-review.make-final',
        ...whose(review),
        before: { state: review.state },
        after: { state, ...claimIn(review) },
      },
    );
    await this.tell.execute(tx, review.accountId, state === 'APPROVED' ? CET6_APPROVED : CET6_REJECTED);
    return true;
  }

  private async inScope(tx: Tx, reviewId: string, actor: StaffActor): Promise<Cet6Review> {
    const review = await this.reviews.lock(tx, reviewId);
    if (!review || !covers(scopeOf(actor), review)) throw NOT_FOUND();
    return review;
  }

  private async drop(tx: Tx, review: Cet6Review, actor: StaffActor): Promise<void> {
    await this.reviews.dropGiven(tx, review);
    await this.auditTrail.record(tx, actor, {
      action: 'cet6-review.take-back',
      ...whose(review),
      before: { ...claimIn(review), ...whatWasGiven(review.given!) },
    });
  }
}

function whose({ id, provinceCode, schoolCode }: Cet6Review) {
  return { rowId: id, provinceCode, schoolCode };
}

/** What was decided on, by which nobody can mistake it for another claim in the same row. */
function claimIn({ ticketNumber, submissions }: Cet6Review) {
  return { ticketNumber, submissions };
}

function whatWasGiven({ decision, reason, basis }: GivenDecision) {
  return { decision, reason, ...(basis ? { materials: basis.materials, note: basis.note } : {}) };
}
