import { refusal } from '../../kernel/domain-error.js';
import type { SubjectCode } from '../../kernel/words.js';
import type { Venue } from '../sitting/index.js';

export const REGISTRATION_STILL_OPEN = refusal(
  'REGISTRATION_STILL_OPEN',
  409,
  { zh: '报名未截止', en: 'Registration is still open' },
  {
    zh: '网上报名尚未截止（或没有设置报名时间），截止后再编排。',
    en: 'Registration is not over yet, or has no time set. Arrange seats when it is over.',
  },
);
/** @throws REGISTRATION_STILL_OPEN */
export function registrationIsOver({ closesAt }: Pick<Venue, 'closesAt'>, now: Date): void {
  if (!closesAt || closesAt > now) throw REGISTRATION_STILL_OPEN();
}

export const SEATS_STILL_UNPAID = refusal(
  'SEATS_STILL_UNPAID',
  409,
  { zh: '还有未支付的考位', en: 'Some seats are unpaid' },
  {
    zh: '还有 {count} 个考位未支付，待其支付或逾期取消后再编排。',
    en: '{count} seats are unpaid. Arrange seats when they are paid or have lapsed.',
  },
);
/** @throws SEATS_STILL_UNPAID */
export function everySeatIsPaid(unpaid: number): void {
  if (unpaid > 0) throw SEATS_STILL_UNPAID({ values: { count: unpaid } });
}

export const NOBODY_TO_ARRANGE = refusal(
  'NOBODY_TO_ARRANGE',
  409,
  { zh: '没有可编排的考生', en: 'Nobody to arrange' },
  {
    zh: '没有已支付而未编排的考生。',
    en: 'There is nobody who has paid and has no seat yet.',
  },
);
/** @throws NOBODY_TO_ARRANGE */
export function somebodyIsToBeArranged(count: number): void {
  if (count === 0) throw NOBODY_TO_ARRANGE();
}

export const TOO_MANY_ROOMS = refusal(
  'TOO_MANY_ROOMS',
  409,
  { zh: '考场过多', en: 'Too many rooms' },
  {
    zh: '考场超过 999 个，准考证号排不下，请增加每个考场的人数。',
    en: 'There would be more than 999 rooms, too many for ticket numbers. Seat more people in a room.',
  },
);
const MOST_ROOMS = 999;

/**
 * Ticket numbers for so many candidates of a venue, room by room from the first empty room: campus 6, sitting 3,
 * subject 1, room 3, seat 2. Rooms that have been filled before (`taken`) stay as they are.
 * @throws TOO_MANY_ROOMS
 */
export function ticketNumbers(
  {
    campusCode,
    sittingNumber,
    subjectCode,
  }: { campusCode: string; sittingNumber: number; subjectCode: SubjectCode },
  count: number,
  { seatsPerRoom, taken }: { seatsPerRoom: number; taken: readonly string[] },
): string[] {
  const begin = `${campusCode}${sittingNumber}${subjectCode}`;
  const lastRoom = Math.max(
    0,
    ...taken.map((number) => Number(number.slice(begin.length, begin.length + 3))),
  );
  if (lastRoom + Math.ceil(count / seatsPerRoom) > MOST_ROOMS) throw TOO_MANY_ROOMS();
  return Array.from({ length: count }, (_, i) => {
    const room = String(lastRoom + 1 + Math.floor(i / seatsPerRoom)).padStart(3, '0');
    return `${begin}${room}${String((i % seatsPerRoom) + 1).padStart(2, '0')}`;
  });
}
