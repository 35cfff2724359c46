import { Injectable } from '@nestjs/common';
import { actorLabel, type StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type SecurityFacts, SecurityLog } from '../../platform/security-log.js';
import { AuditTrail } from '../audit/index.js';
import { AccountRepository, AccountsOfStudents, SessionRepository, TellHolder } from '../passport/index.js';
import {
  EndRegistration,
  EnrolmentRepository,
  type Registration,
  WithOrdersClosed,
} from '../registration/index.js';
import { MoneyHeld } from './money-held.js';
import { holderFacts, OwnedRegistrations } from './owned-registrations.js';
import { RELEASED } from './owner-change.messages.js';
import { nothingOfItIsPaid } from './owner-change.rules.js';
import { StudentNumbers } from './student-numbers.js';

export interface ReleaseRegistrationCommand extends Shown {
  registrationId: string;
  reason: string;
  /** The student's own number, for the roster: from now on only an account that has proven it confirms the student. */
  phone?: string;
}

/**
 * R-QU-6: whoever knows number and name confirms a student for themselves. The school takes the student from such an
 * account again: while nothing is paid, the registration goes, seats go back, waitlist entries end; the account signs in
 * with the student's document no more and confirms this student no more, and its holder is told.
 */
@Injectable()
export class ReleaseRegistration {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly owned: OwnedRegistrations,
    private readonly money: MoneyHeld,
    private readonly enrolments: EnrolmentRepository,
    private readonly withOrdersClosed: WithOrdersClosed,
    private readonly endRegistration: EndRegistration,
    private readonly numbers: StudentNumbers,
    private readonly accounts: AccountRepository,
    private readonly students: AccountsOfStudents,
    private readonly sessions: SessionRepository,
    private readonly tellHolder: TellHolder,
    private readonly auditTrail: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /**
   * @throws NOT_YOUR_ROLE, PHONE_INVALID, NOT_FOUND, REGISTRATION_ENDED, PAID_IS_MOVED, GATEWAY_UNAVAILABLE,
   * ROWS_CHANGED_MEANWHILE
   */
  execute(command: ReleaseRegistrationCommand, actor: StaffActor): Promise<void> {
    const { staffId: by, address } = actor;
    return this.security.during('passport.owner-change', { purpose: 'RELEASE', by, address }, (known) =>
      this.releaseIfUnpaid(command, actor, known),
    );
  }

  private async releaseIfUnpaid(
    { registrationId, reason, phone: typed, asShown }: ReleaseRegistrationCommand,
    actor: StaffActor,
    known: SecurityFacts,
  ): Promise<void> {
    onlyStaffOf(actor, 'SCHOOL');
    const phone = this.numbers.typed(typed);
    const reader = this.unitOfWork.read();
    const registration = await this.owned.ofStaff(reader, registrationId, actor);
    known.accountId = registration.accountId;
    const held = await this.enrolments.liveOf(reader, registrationId);
    nothingOfItIsPaid(held.some(({ state }) => state === 'PAID'));

    await this.withOrdersClosed.run(registration, 'ALL', async (tx, locked) => {
      await asShown?.(tx);
      nothingOfItIsPaid(await this.money.by(tx, locked.id));
      await this.release(tx, locked, reason, actor);
      await this.numbers.keep(tx, locked.recordId, phone, actor);
    });
  }

  private async release(
    tx: Tx,
    registration: Registration,
    reason: string,
    actor: StaffActor,
  ): Promise<void> {
    const { id, accountId, sittingId, recordId, details } = registration;
    const account = await this.accounts.loadForUpdate(tx, accountId);
    await this.endRegistration.execute(tx, registration, { because: 'RELEASED', cause: actorLabel(actor) });
    await this.students.takeLogin(tx, account, details);
    await this.sessions.endAll(tx, accountId);
    await this.tellHolder.execute(tx, accountId, RELEASED);
    const { name, documentNumber, provinceCode, schoolCode } = details;
    const change = { kind: 'RELEASE', state: 'DONE', reason, fromAccountId: accountId } as const;
    await this.owned.note(tx, actor, { ...change, registrationId: id, recordId, sittingId }, details);
    await this.auditTrail.record(tx, actor, {
      action: 'registration.release',
      rowId: id,
      provinceCode,
      schoolCode,
      before: { name, documentNumber, state: 'ACTIVE', ...holderFacts(account) },
      after: { name, documentNumber, state: 'DELETED', reason },
    });
  }
}
