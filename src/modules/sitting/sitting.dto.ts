import { Shown, ShownIfAny } from '../../platform/http/fields.js';
import { NoticeShown } from './shown.dto.js';

export class PoliciesShown {
  @Shown('Hours to pay before an enrolment lapses', { example: 24 })
  payHours: number;
  @Shown('Hours before a registration without any subject is deleted', { example: 24 })
  emptyRegistrationHours: number;
  @Shown('Hours to pay after a waitlist success', { example: 24 })
  waitlistPayHours: number;
  @Shown('What an oral needs its written subject to be', {
    enum: ['PAID', 'ENROLLED'],
    enumName: 'OralNeedsWritten',
  })
  oralNeedsWritten: string;
  @ShownIfAny('No payment after this moment', { format: 'date-time' })
  paymentEndsAt?: string;
}

export class WindowShown {
  @Shown('笔试 or 口试', { enum: ['WRITTEN', 'ORAL'], enumName: 'ExamKind' })
  kind: string;
  @Shown('The earliest opening of any campus; each campus has its own', { format: 'date-time' })
  opensAt: string;
  @Shown('The latest closing of any campus', { format: 'date-time' })
  closesAt: string;
}

export class TicketTimeShown {
  @Shown('笔试 or 口试', { enum: ['WRITTEN', 'ORAL'], enumName: 'ExamKind' })
  kind: string;
  @Shown('The earliest moment at which some school (written) or province (oral) lets tickets be printed', {
    format: 'date-time',
  })
  availableFrom: string;
}

export class SittingShown {
  @Shown('Id')
  id: string;
  @Shown('Number: 222 is the second half of 2022', { example: 222 })
  number: number;
  @Shown('Name', { example: '2026年下半年全国大学英语四、六级考试' })
  name: string;
  @Shown('Policies of this sitting')
  policies: PoliciesShown;
  @Shown('Registration windows over all campuses', { type: [WindowShown] })
  windows: WindowShown[];
  @Shown('The authority’s notices', { type: [NoticeShown] })
  notices: NoticeShown[];
  @Shown('When tickets can be printed', { type: [TicketTimeShown] })
  ticketTimes: TicketTimeShown[];
}
