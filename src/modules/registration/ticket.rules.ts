import { refusal } from '../../kernel/domain-error.js';
import type { Venue } from '../sitting/index.js';
import type { Enrolment } from './enrolment.entity.js';

export const TICKET_NOT_AVAILABLE = refusal(
  'TICKET_NOT_AVAILABLE',
  409,
  { zh: '准考证暂不可打印', en: 'Ticket not available' },
  {
    zh: '准考证尚不可打印：需已支付、已编排、到达打印时间，且由考生自行打印。请关注学校（笔试）或省级承办机构（口试）的通知。',
    en: 'The ticket can be printed once the subject is paid, seats are arranged and the printing time has come, where candidates print it themselves.',
  },
);

/**
 * R-RG-3: a ticket is printed by the candidate when the venue says so, the subject is paid and arranged, and the time
 * set by the school (written) or the province (oral) has come.
 */
export function ticketIsPrintable(
  enrolment: Pick<Enrolment, 'state' | 'kind' | 'ticketNumber'>,
  venue: Pick<Venue, 'ticketPrinting' | 'ticketAvailableAt'>,
  oralTicketAvailableAt: Date | null,
  now: Date,
): boolean {
  const from = enrolment.kind === 'ORAL' ? oralTicketAvailableAt : venue.ticketAvailableAt;
  return (
    enrolment.state === 'PAID' &&
    enrolment.ticketNumber !== null &&
    venue.ticketPrinting === 'SELF' &&
    from !== null &&
    from <= now
  );
}
