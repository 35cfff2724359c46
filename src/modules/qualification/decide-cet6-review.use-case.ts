import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { ROWS_CHANGED_MEANWHILE } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cet6Decision } from './cet6-decision.js';
import { anApprovalRestsOnSomething, aRejectionHasAReason } from './cet6-decision.rules.js';
import { Cet6EvidenceOf, evidenceVersion } from './cet6-evidence.js';
import type { Cet6Basis, Cet6Verdict } from './cet6-given-decision.js';
import { whyNotClean } from './clean-review.rules.js';

export interface DecideCet6ReviewCommand {
  reviewId: string;
  /** Of what `CompareCet6Review` has shown. */
  version: string;
  decision: Cet6Verdict;
  /** Needed to reject; the candidate reads it. */
  reason?: string;
  /** Needed to approve what is not plainly one person's. */
  basis?: Cet6Basis | null;
}

/**
 * R-CR-4, 6 and 7: the school decides, and may take it back for ten seconds. Then it is final: approval gives the CET6
 * qualification at that moment, and the candidate is told.
 */
@Injectable()
export class DecideCet6Review {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decision: Cet6Decision,
    private readonly evidence: Cet6EvidenceOf,
  ) {}

  /**
   * Gives when it is final.
   * @throws NOT_YOUR_ROLE, REJECTION_REASON_INVALID, NOT_FOUND (outside the scope too), REVIEW_ALREADY_DECIDED,
   * ROWS_CHANGED_MEANWHILE, REVIEW_BASIS_MISSING
   */
  async execute(command: DecideCet6ReviewCommand, actor: StaffActor): Promise<{ finalAt: Date }> {
    onlyStaffOf(actor, 'SCHOOL');
    aRejectionHasAReason(command);
    return this.unitOfWork.run(async (tx) => {
      const review = await this.decision.lock(tx, command.reviewId, actor);
      const [weighed] = await this.evidence.reviews(tx, [review]);
      if (evidenceVersion(weighed!) !== command.version) throw ROWS_CHANGED_MEANWHILE();
      if (command.decision === 'APPROVE')
        anApprovalRestsOnSomething(whyNotClean(weighed!), command.basis ?? null);
      return { finalAt: await this.decision.give(tx, review, command, actor) };
    });
  }
}
