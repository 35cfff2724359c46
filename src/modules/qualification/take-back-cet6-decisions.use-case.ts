import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { isRefusal } from '../../kernel/domain-error.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notTooManyAtOnce } from './at-once.rules.js';
import { Cet6Decision } from './cet6-decision.js';
import { DECISION_FINAL } from './cet6-decision.rules.js';

/** R-CR-6: whoever has just decided, one review or many, takes it back before it is made. */
@Injectable()
export class TakeBackCet6Decisions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly decision: Cet6Decision,
  ) {}

  /**
   * Each in a transaction of its own: of many, those that are still to be had.
   * @throws NOT_YOUR_ROLE, TOO_MANY_AT_ONCE, NOT_FOUND, DECISION_OF_ANOTHER, DECISION_FINAL if all of them are
   */
  async execute(
    { reviewIds }: { reviewIds: readonly string[] },
    actor: StaffActor,
  ): Promise<{ takenBack: number; tooLate: number }> {
    onlyStaffOf(actor, 'SCHOOL');
    notTooManyAtOnce(reviewIds);
    const answer = { takenBack: 0, tooLate: 0 };
    for (const id of new Set(reviewIds)) {
      try {
        await this.unitOfWork.run((tx) => this.decision.takeBack(tx, id, actor));
        answer.takenBack++;
      } catch (error) {
        if (!isRefusal(error, DECISION_FINAL)) throw error;
        answer.tooLate++;
      }
    }
    if (answer.takenBack === 0) throw DECISION_FINAL();
    return answer;
  }
}
