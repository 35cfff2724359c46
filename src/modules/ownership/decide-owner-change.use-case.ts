import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { aSecondPersonDecides, nobodyApprovesForWhomTheyInvited } from '../../kernel/second-person.rules.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { SecurityLog } from '../../platform/security-log.js';
import { AuditTrail } from '../audit/index.js';
import { MoveRegistration } from './move-registration.js';
import type { OwnerChange } from './owner-change.entity.js';
import type { OwnerChangeState } from './owner-change.machine.js';
import { OwnerChangeRepository } from './owner-change.repository.js';
import {
  itIsStillAsRequested,
  OWNER_CHANGE_DECIDED,
  theChangeAwaitsADecision,
} from './owner-change.rules.js';
import { ResetAccount } from './reset-account.js';

/**
 * Where something is paid, a second member of staff confirms that it goes to another owner: another account of the same
 * school, or its province, or the authority. Of several at the same moment one decides.
 */
@Injectable()
export class DecideOwnerChange {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changes: OwnerChangeRepository,
    private readonly moveRegistration: MoveRegistration,
    private readonly resetAccount: ResetAccount,
    private readonly auditTrail: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /**
   * @throws NOT_FOUND, OWNER_CHANGE_DECIDED, SECOND_PERSON_NEEDED, SUBMITTER_INVITED_BY_YOU, OWNER_CHANGE_OUTDATED,
   * OWNER_NOT_PROVEN, OWNER_HAS_IT, OWNER_REGISTERED_ALREADY, NO_ACCOUNT_TO_RESET, STUDENT_PHONE_NEEDED,
   * ROWS_CHANGED_MEANWHILE
   */
  confirm({ changeId, asShown }: { changeId: string } & Shown, actor: StaffActor): Promise<void> {
    const { staffId: by, address } = actor;
    return this.security.during('passport.owner-change', { by, address }, (known) =>
      this.unitOfWork.run(async (tx) => {
        const change = await this.undecided(tx, changeId, actor);
        Object.assign(known, { purpose: change.kind, accountId: change.fromAccountId });
        theSecondPersonMay(change, actor);
        await asShown?.(tx);
        if (change.kind === 'MOVE') await this.moveRegistration.execute(tx, change, actor);
        else await this.reset(tx, change, actor);
        await this.decide(tx, change, 'DONE', actor);
      }),
    );
  }

  /** Everything stays where it is. @throws NOT_FOUND, OWNER_CHANGE_DECIDED, SECOND_PERSON_NEEDED, ROWS_CHANGED_MEANWHILE */
  reject(
    { changeId, reason, asShown }: { changeId: string; reason: string } & Shown,
    actor: StaffActor,
  ): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const change = await this.undecided(tx, changeId, actor);
      aSecondPersonDecides({ submittedBy: change.requestedBy }, actor);
      await asShown?.(tx);
      await this.decide(tx, change, 'REJECTED', actor, reason);
      await this.leaveTrace(tx, change, 'REJECTED', actor, reason);
    });
  }

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, OWNER_CHANGE_DECIDED, ROWS_CHANGED_MEANWHILE */
  withdraw({ changeId, asShown }: { changeId: string } & Shown, actor: StaffActor): Promise<void> {
    onlyStaffOf(actor, 'SCHOOL');
    return this.unitOfWork.run(async (tx) => {
      const change = await this.undecided(tx, changeId, actor);
      await asShown?.(tx);
      await this.decide(tx, change, 'WITHDRAWN', actor);
      await this.leaveTrace(tx, change, 'WITHDRAWN', actor);
    });
  }

  private async reset(tx: Tx, change: OwnerChange, actor: StaffActor): Promise<void> {
    const record = await this.resetAccount.recordOf(tx, change.recordId);
    if (!record) throw NOT_FOUND();
    const found = await this.resetAccount.of(tx, record);
    itIsStillAsRequested(change, { accountId: found.account.id });
    const { phone, reason } = change;
    await this.resetAccount.execute(tx, found, { record, phone, reason }, actor);
  }

  private async undecided(tx: Tx, changeId: string, actor: StaffActor): Promise<OwnerChange> {
    const change = await this.changes.byId(tx, changeId);
    if (!change || !covers(scopeOf(actor), change)) throw NOT_FOUND();
    theChangeAwaitsADecision(change);
    return change;
  }

  private async decide(
    tx: Tx,
    change: OwnerChange,
    state: OwnerChangeState,
    { staffId }: StaffActor,
    decisionReason: string | null = null,
  ): Promise<void> {
    if (!(await this.changes.move(tx, change, state, { decidedBy: staffId, decisionReason })))
      throw OWNER_CHANGE_DECIDED();
  }

  private leaveTrace(
    tx: Tx,
    { id, state: before, provinceCode, schoolCode }: OwnerChange,
    state: OwnerChangeState,
    actor: StaffActor,
    reason: string | null = null,
  ): Promise<void> {
    return this.auditTrail.record(tx, actor, {
      action: 'owner-change.decide',
      rowId: id,
      provinceCode,
      schoolCode,
      before: { state: before },
      after: { state, reason },
    });
  }
}

function theSecondPersonMay({ requestedBy, requesterInvitedBy }: OwnerChange, actor: StaffActor): void {
  aSecondPersonDecides({ submittedBy: requestedBy }, actor);
  nobodyApprovesForWhomTheyInvited({ submitterInvitedBy: requesterInvitedBy }, actor);
}
