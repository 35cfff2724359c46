import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import { Outbox } from '../notification/index.js';
import { type Account, AccountRepository, AccountsOfStudents, TellHolder } from '../passport/index.js';
import { type StudentRecord, StudentRecordRepository } from '../qualification/index.js';
import { type Registration, RegistrationRepository } from '../registration/index.js';
import { SittingRepository, VenueRepository } from '../sitting/index.js';
import { theListIsOpen } from './initial-password.rules.js';
import { MoneyHeld } from './money-held.js';
import { holderFacts } from './owned-registrations.js';
import { HOW_TO_COME_IN, RESET } from './owner-change.messages.js';
import { theAccountIsTheSchoolsToReset, theStudentIsReachedWhereNeeded } from './owner-change.rules.js';
import { StudentNumbers } from './student-numbers.js';

/** An account that a school may put back, and what it holds. */
export interface ResettableAccount {
  account: Account;
  registration: Registration | null;
  somethingIsPaid: boolean;
  listIsOpen: boolean;
}

/** An account that a school's list has opened is as it was then: the initial password, nothing bound, nobody in it. */
@Injectable()
export class ResetAccount {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly students: AccountsOfStudents,
    private readonly records: StudentRecordRepository,
    private readonly registrations: RegistrationRepository,
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
    private readonly money: MoneyHeld,
    private readonly numbers: StudentNumbers,
    private readonly tellHolder: TellHolder,
    private readonly outbox: Outbox,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** The account of this student, its registration locked, and what stands against a reset. @throws NO_ACCOUNT_TO_RESET */
  async of(tx: Tx, { id: recordId, sittingId, details }: StudentRecord): Promise<ResettableAccount> {
    const { documentType, documentNumber, schoolCode } = details;
    const account = await this.accounts.withLoginDocument(tx, documentNumber);
    const held = account && (await this.registrations.ofAccount(tx, sittingId, account.id));
    const registration = held && (await this.registrations.lockIfActive(tx, held.id));
    theAccountIsTheSchoolsToReset({
      account,
      student: { documentType, schoolCode, recordId },
      registration,
    });
    return {
      account: account!,
      registration,
      somethingIsPaid: registration !== null && (await this.money.by(tx, registration.id)),
      listIsOpen: registration !== null && (await this.listIsOpen(tx, registration)),
    };
  }

  /** @throws STUDENT_PHONE_NEEDED */
  async execute(
    tx: Tx,
    found: ResettableAccount,
    { record, phone, reason }: { record: StudentRecord; phone: string | null | undefined; reason: string },
    actor: StaffActor,
  ): Promise<void> {
    const reached = phone ?? record.phone;
    theStudentIsReachedWhereNeeded(reached, found);
    const account = await this.accounts.loadForUpdate(tx, found.account.id);
    await this.tellHolder.execute(tx, account.id, RESET);
    await this.students.reset(tx, account, record.details);
    await this.numbers.keep(tx, record.id, phone, actor);
    if (reached !== null)
      await this.outbox.put(tx, {
        channel: 'SMS',
        recipient: reached,
        template: RESET.template,
        body: HOW_TO_COME_IN,
      });
    const { name, documentNumber, provinceCode, schoolCode } = record.details;
    await this.auditTrail.record(tx, actor, {
      action: 'account.reset',
      rowId: account.id,
      provinceCode,
      schoolCode,
      before: { name, documentNumber, ...holderFacts(account) },
      after: { name, documentNumber, accountId: account.id, phone: null, email: null, reason },
    });
  }

  private async listIsOpen(tx: Tx, { sittingId, details }: Registration): Promise<boolean> {
    const sitting = await this.sittings.byId(tx, sittingId);
    const venues = await this.venues.ofCampuses(tx, sittingId, [details.campusCode]);
    return sitting.current && theListIsOpen({ sitting, venues }, tx.now);
  }

  /** The student on the roster, which nobody changes meanwhile. */
  recordOf(tx: Tx, recordId: string): Promise<StudentRecord | null> {
    return this.records.lock(tx, recordId);
  }
}
