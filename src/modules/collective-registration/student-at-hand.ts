import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { AccountsOfStudents } from '../passport/index.js';
import {
  Qualification,
  type StudentRecord,
  StudentRecordRepository,
  theCandidateHasAQualifiedSubject,
} from '../qualification/index.js';
import {
  ACCOUNT_ALREADY_REGISTERED,
  type ChoosingFacts,
  LoadChoosingFacts,
  ownCampusIsOpen,
  Registration,
  RegistrationRepository,
} from '../registration/index.js';
import { type Sitting, type Venue, VenueRepository } from '../sitting/index.js';
import type { CollectiveRegistration } from './collective-registration.entity.js';
import { theCampusHoldsTheSubject, theStudentIsOnTheRoster } from './collective-registration.rules.js';
import type { CollectiveRegistrationLine } from './collective-registration-line.entity.js';
import { KnownAccount } from './known-account.js';

/** What looking at a line and enrolling it both begin with. */
@Injectable()
export class StudentAtHand {
  constructor(
    private readonly records: StudentRecordRepository,
    private readonly venues: VenueRepository,
    private readonly registrations: RegistrationRepository,
    private readonly knownAccount: KnownAccount,
    private readonly accounts: AccountsOfStudents,
    private readonly qualification: Qualification,
    private readonly facts: LoadChoosingFacts,
  ) {}

  /** The student of a line as the roster has them now. @throws NOT_ON_THE_ROSTER */
  async record(reader: Reader, line: CollectiveRegistrationLine): Promise<StudentRecord> {
    const record = line.recordId === null ? null : await this.records.byId(reader, line.recordId);
    theStudentIsOnTheRoster(record, line);
    return record;
  }

  /** The student's registration, if there is one. @throws NOT_ON_THE_ROSTER if it is another school's candidate's */
  async registration(
    reader: Reader,
    sitting: Sitting,
    { id, details }: StudentRecord,
  ): Promise<Registration | null> {
    const known = await this.registrations.ofRecord(reader, sitting.id, id);
    if (known) theStudentIsOnTheRoster(known, details);
    return known;
  }

  /** Where the student would take the exam. @throws SUBJECT_NOT_HELD_THERE */
  async venue(
    reader: Reader,
    { sittingId, campusCode, subjectCode }: CollectiveRegistration,
    { details }: StudentRecord,
  ): Promise<Venue> {
    const venues = await this.venues.ofCampuses(reader, sittingId, [campusCode ?? details.campusCode]);
    const venue = venues.find((held) => held.subjectCode === subjectCode);
    theCampusHoldsTheSubject(venue);
    return venue;
  }

  /**
   * What the rules of choosing would know of the student, who need not be registered yet; writes nothing.
   * @throws NOT_ON_THE_ROSTER, LOGIN_OF_ANOTHER, ACCOUNT_ALREADY_REGISTERED, WINDOW_NOT_OPEN, NO_QUALIFIED_SUBJECT
   */
  async factsBeforehand(reader: Reader, sitting: Sitting, record: StudentRecord): Promise<ChoosingFacts> {
    const known = await this.registration(reader, sitting, record);
    if (known) return this.facts.of(reader, known, sitting);
    const { details } = record;
    const account = await this.accounts.find(
      reader,
      details,
      await this.knownAccount.of(reader, sitting, record),
    );
    if (account && (await this.registrations.ofAccount(reader, sitting.id, account.id)))
      throw ACCOUNT_ALREADY_REGISTERED();
    ownCampusIsOpen(await this.venues.ofSchool(reader, sitting.id, details.schoolCode), details, reader.now);
    const candidacy = { sittingId: sitting.id, accountId: account?.id ?? '', student: details };
    theCandidateHasAQualifiedSubject((await this.qualification.of(reader, candidacy)).qualified);
    const wouldBe = Object.assign(new Registration(), {
      ...candidacy,
      id: '',
      recordId: record.id,
      details,
      levelsHeld: 0,
    });
    return this.facts.of(reader, wouldBe, sitting);
  }
}
