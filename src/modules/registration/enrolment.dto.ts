import { toShanghai } from '../../kernel/clock.js';
import { Shown, ShownIfAny } from '../../platform/http/fields.js';
import { PlaceShown, SubjectShown } from '../sitting/index.js';
import type { EnrolmentWithPlaces } from './enrolment.repository.js';

export class TicketShown {
  @Shown('Who prints it: the candidate or the school', {
    enum: ['SELF', 'SCHOOL'],
    enumName: 'TicketPrinting',
  })
  printing: string;
  @ShownIfAny('From when it can be printed', { format: 'date-time' })
  availableFrom?: string;
  @ShownIfAny('15 digits, once rooms and seats are arranged', { example: '120010262100101' })
  number?: string;
}

/** 报考科目 */
export class EnrolmentShown {
  @Shown('Id')
  id: string;
  @Shown('Venue')
  venueId: string;
  @Shown('Subject')
  subject: SubjectShown;
  @Shown('Campus where the exam is taken')
  campus: PlaceShown;
  @Shown('Its school')
  school: PlaceShown;
  @Shown('Fee in fen', { example: 3000 })
  feeFen: number;
  @Shown('State', { enum: ['UNPAID', 'PAID', 'LAPSED', 'GIVEN_UP', 'REFUNDED'], enumName: 'EnrolmentState' })
  state: string;
  @ShownIfAny('After this moment an unpaid one may be deleted', { format: 'date-time' })
  payBy?: string;
  @Shown('考生注册 or 集体报名', { enum: ['CANDIDATE', 'SCHOOL'], enumName: 'EnrolledBy' })
  enrolledBy: string;
  @Shown('Locked by the school for collective payment')
  lockedForCollectivePayment: boolean;
  @Shown('未编排 or 已编排', { enum: ['NOT_ARRANGED', 'ARRANGED'], enumName: 'Arrangement' })
  arrangement: string;
  @ShownIfAny('纸质 or 电子 score report', { enum: ['PAPER', 'ELECTRONIC'], enumName: 'ReportForm' })
  reportForm?: string;
  @Shown('Admission ticket')
  ticket: TicketShown;

  /** `oralTicketAvailableAt` is the province's; written tickets have their school's time. */
  static of(enrolment: EnrolmentWithPlaces, oralTicketAvailableAt: Date | null): EnrolmentShown {
    const { campus, school, venue } = enrolment;
    const availableAt = enrolment.kind === 'ORAL' ? oralTicketAvailableAt : venue.ticketAvailableAt;
    return {
      id: enrolment.id,
      venueId: enrolment.venueId,
      subject: SubjectShown.of(enrolment.subjectCode),
      campus: { code: campus.code, name: campus.name },
      school: { code: school.code, name: school.name },
      feeFen: enrolment.feeFen,
      state: enrolment.state,
      ...(enrolment.state === 'UNPAID' ? { payBy: toShanghai(enrolment.payBy) } : {}),
      enrolledBy: enrolment.enrolledBy,
      lockedForCollectivePayment: enrolment.lockedBySchool,
      arrangement: enrolment.ticketNumber ? 'ARRANGED' : 'NOT_ARRANGED',
      ...(enrolment.reportForm ? { reportForm: enrolment.reportForm } : {}),
      ticket: {
        printing: venue.ticketPrinting,
        ...(availableAt ? { availableFrom: toShanghai(availableAt) } : {}),
        ...(enrolment.ticketNumber ? { number: enrolment.ticketNumber } : {}),
      },
    };
  }
}

export class EnrolmentsShown {
  @Shown('The enrolments made', { type: [EnrolmentShown] })
  items: EnrolmentShown[];
}
