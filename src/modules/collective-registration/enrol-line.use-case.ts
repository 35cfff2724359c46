import { Injectable } from '@nestjs/common';
import { actorLabel } from '../../kernel/actor.js';
import { DomainError } from '../../kernel/domain-error.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AccountsOfStudents } from '../passport/index.js';
import type { StudentRecord } from '../qualification/index.js';
import {
  BindStudent,
  type Enrolment,
  EnrolmentRepository,
  LoadChoosingFacts,
  payByOf,
  payByWhileLocked,
  type Registration,
  RegistrationRepository,
  SeatHolding,
} from '../registration/index.js';
import type { Sitting, Venue } from '../sitting/index.js';
import type { CollectiveRegistration } from './collective-registration.entity.js';
import { CollectiveRegistrationRepository } from './collective-registration.repository.js';
import { holdsTheSubject } from './collective-registration.rules.js';
import type { CollectiveRegistrationLine } from './collective-registration-line.entity.js';
import { KnownAccount } from './known-account.js';
import { StudentAtHand } from './student-at-hand.js';
import { theStudentMayTake } from './subject-choice.rules.js';

/**
 * R-PP-7: enrols the student of one line: account, registration and enrolment together in one transaction, or nothing
 * and the reason. Somebody has enrolled already: listed as such. Worked on twice, or at once by two, a line counts once.
 */
@Injectable()
export class EnrolLine {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: CollectiveRegistrationRepository,
    private readonly students: StudentAtHand,
    private readonly knownAccount: KnownAccount,
    private readonly accounts: AccountsOfStudents,
    private readonly registrations: RegistrationRepository,
    private readonly bindStudent: BindStudent,
    private readonly facts: LoadChoosingFacts,
    private readonly holding: SeatHolding,
    private readonly enrolments: EnrolmentRepository,
  ) {}

  async execute(
    list: CollectiveRegistration,
    sitting: Sitting,
    line: CollectiveRegistrationLine,
  ): Promise<void> {
    try {
      await this.unitOfWork.run((tx) => this.enrol(tx, list, sitting, line.id));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.unitOfWork.run((tx) => this.lists.moveLine(tx, line, 'REFUSED', { reason: error.code }));
    }
  }

  private async enrol(tx: Tx, list: CollectiveRegistration, sitting: Sitting, lineId: string): Promise<void> {
    const line = await this.lists.lockLine(tx, lineId);
    if (line.state !== 'READY') return;
    const record = await this.students.record(tx, line);
    const venue = await this.students.venue(tx, list, record);
    const registration = await this.registrationOf(tx, sitting, record);
    const facts = await this.facts.of(tx, registration, sitting);
    if (holdsTheSubject(facts.enrolments, venue)) {
      await this.lists.moveLine(tx, line, 'ALREADY');
      return;
    }
    theStudentMayTake(facts, venue, tx.now);

    const enrolling = {
      registration,
      payBy: payByOf(sitting, sitting.payHours, tx.now),
      enrolledBy: 'SCHOOL' as const,
      cause: actorLabel({ type: 'STAFF', staffId: list.staffId, role: 'SCHOOL' }),
    };
    const [enrolment] = await this.holding.enrol(tx, enrolling, [venue]);
    await this.takeOver(tx, enrolment!, list, sitting, venue);
    await this.lists.moveLine(tx, line, 'ENROLLED', { venueId: venue.id, enrolmentId: enrolment!.id });
  }

  private async registrationOf(tx: Tx, sitting: Sitting, record: StudentRecord): Promise<Registration> {
    const known = await this.students.registration(tx, sitting, record);
    if (known) return this.registrations.lock(tx, known.id);
    const own = await this.knownAccount.of(tx, sitting, record);
    const { id: accountId } = await this.accounts.findOrOpen(tx, record.details, own);
    return this.bindStudent.bind(tx, { sitting, record, accountId });
  }

  /** What the school has chosen for all of the list: the form of the report, and to pay for it (R-PA-9). */
  private async takeOver(
    tx: Tx,
    enrolment: Enrolment,
    { reportForm, locks }: CollectiveRegistration,
    sitting: Sitting,
    venue: Venue,
  ): Promise<void> {
    const changes: Partial<Enrolment> = {
      ...(reportForm && enrolment.kind === 'WRITTEN' ? { reportForm } : {}),
      ...(locks ? { lockedBySchool: true, payBy: payByWhileLocked(enrolment, sitting, venue) } : {}),
    };
    if (Object.keys(changes).length > 0) await this.enrolments.changeUnpaid(tx, enrolment.id, changes);
  }
}
