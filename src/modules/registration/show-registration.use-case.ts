import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { toShanghai } from '../../kernel/clock.js';
import { totalFen } from '../../kernel/money.js';
import type { ExamKind } from '../../kernel/words.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Qualification, StudentDetailsShown } from '../qualification/index.js';
import { NoticeRepository, NoticeShown, SubjectShown } from '../sitting/index.js';
import { actionsOf } from './actions.rules.js';
import { deletesAt } from './deadlines.rules.js';
import { EnrolmentShown } from './enrolment.dto.js';
import { EnrolmentRepository, type EnrolmentWithPlaces } from './enrolment.repository.js';
import type { EnrolmentsOfKindShown, RegistrationShown } from './registration.dto.js';
import { RegistrationRepository } from './registration.repository.js';
import { paymentState, steps } from './steps.rules.js';
import { ticketIsPrintable } from './ticket.rules.js';
import { WaitlistShown } from './waitlist-entry.dto.js';
import { WaitlistEntryRepository } from './waitlist-entry.repository.js';

/** R-RG-1, R-RG-2: the whole registration page, in as many statements however many subjects it lists. */
@Injectable()
export class ShowRegistration {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly entries: WaitlistEntryRepository,
    private readonly qualification: Qualification,
    private readonly notices: NoticeRepository,
  ) {}

  /** @throws NOT_REGISTERED */
  async execute(actor: CandidateActor): Promise<RegistrationShown> {
    const reader = this.unitOfWork.read();
    const page = await this.registrations.pageOf(reader, actor.accountId);
    const { registration, sitting, campus, school, oralTicketAvailableAt } = page;
    const student = registration.details;
    const enrolments = await this.enrolments.withPlaces(reader, { registrationId: registration.id });
    const entries = await this.entries.withPlaces(reader, registration.id);
    const { qualified, cet6Review } = await this.qualification.of(reader, {
      sittingId: sitting.id,
      accountId: actor.accountId,
      student,
    });
    const notices = await this.notices.forSchool(reader, { sittingId: sitting.id, ...student });

    const deletion = deletesAt(registration, sitting);
    const printable = enrolments.some((e) =>
      ticketIsPrintable(e, e.venue, oralTicketAvailableAt, reader.now),
    );
    const ofKind = (kind: ExamKind) => enrolmentsOfKind(enrolments, kind, oralTicketAvailableAt);
    return {
      id: registration.id,
      snapshot: StudentDetailsShown.of(student, { campus, school }),
      qualifiedSubjects: qualified.map(SubjectShown.of),
      steps: steps(enrolments, printable),
      written: ofKind('WRITTEN'),
      oral: ofKind('ORAL'),
      waitlist: WaitlistShown.of(entries),
      cet6Review,
      notices: notices.map(NoticeShown.of),
      actions: actionsOf({ enrolments, sitting }, cet6Review.offered, reader.now),
      ...(deletion ? { deletesAt: toShanghai(deletion) } : {}),
    };
  }
}

function enrolmentsOfKind(
  all: readonly EnrolmentWithPlaces[],
  kind: ExamKind,
  oralTicketAvailableAt: Date | null,
): EnrolmentsOfKindShown {
  const enrolments = all.filter((enrolment) => enrolment.kind === kind);
  return {
    enrolments: enrolments.map((enrolment) => EnrolmentShown.of(enrolment, oralTicketAvailableAt)),
    unpaidFen: totalFen(enrolments.filter(({ state }) => state === 'UNPAID').map(({ feeFen }) => feeFen)),
    paymentState: paymentState(enrolments),
  };
}
