import { refusal } from '../../kernel/domain-error.js';
import type { Venue } from './venue.entity.js';

export const EXAM_TIME_UNSET = refusal(
  'EXAM_TIME_UNSET',
  409,
  { zh: '考试时间未设置', en: 'Exam time not set' },
  {
    zh: '该科目在本校区尚未设置考试时间，暂不能报考，请联系学校老师。',
    en: 'The exam time is not set yet; ask your school.',
  },
);
/** R-WE-1: the subject has an exam time. @throws EXAM_TIME_UNSET */
export function venueHasAnExamTime(venue: Pick<Venue, 'examStartsAt'>): void {
  if (!venue.examStartsAt) throw EXAM_TIME_UNSET();
}

export const WINDOW_NOT_OPEN = refusal(
  'WINDOW_NOT_OPEN',
  409,
  { zh: '不在报名时间内', en: 'Outside the registration window' },
  {
    zh: '该校区现在不在网上报名时间内，请按学校通知的时间报名。',
    en: 'The campus is not open for registration now.',
  },
);
/** R-WE-1: the campus is inside its window; the opening moment is inside, the closing moment is not. @throws WINDOW_NOT_OPEN */
export function campusIsInsideItsWindow(venue: Pick<Venue, 'opensAt' | 'closesAt'>, now: Date): void {
  if (!isOpen(venue, now)) throw WINDOW_NOT_OPEN();
}

export const FEE_UNSET = refusal(
  'FEE_UNSET',
  409,
  { zh: '费用未设置', en: 'Fee not set' },
  {
    zh: '该科目在本校区尚未设置费用，暂不能报考，请联系学校老师。',
    en: 'The fee is not set yet; ask your school.',
  },
);
/** R-WE-1: the fee is set and above 0. @throws FEE_UNSET */
export function feeIsSet<V extends Pick<Venue, 'feeFen'>>(venue: V): asserts venue is V & { feeFen: number } {
  if (!venue.feeFen || venue.feeFen <= 0) throw FEE_UNSET();
}

export const SEATS_FULL = refusal(
  'SEATS_FULL',
  409,
  { zh: '考位已满', en: 'No seat left' },
  {
    zh: '该科目在本校区已无剩余考位，可以提交候补或选择其他校区。',
    en: 'No seat is left; join the waitlist or choose another campus.',
  },
);
export const QUEUE_AHEAD = refusal(
  'QUEUE_AHEAD',
  409,
  { zh: '有考生正在候补', en: 'Others are waiting' },
  {
    zh: '该科目在本校区有考生正在候补，空出的考位将按候补先后分配，可以提交候补排队。',
    en: 'Freed seats go to those who wait; you may join the waitlist.',
  },
);
/** R-WE-1 and R-WL-4: a seat is left, and nobody waits for it. @throws QUEUE_AHEAD, SEATS_FULL */
export function aSeatIsFree(venue: Pick<Venue, 'capacity' | 'taken' | 'waiting'>): void {
  if (venue.waiting > 0) throw QUEUE_AHEAD();
  if (venue.taken >= venue.capacity) throw SEATS_FULL();
}

export const SEATS_AVAILABLE = refusal(
  'SEATS_AVAILABLE',
  409,
  { zh: '仍有考位', en: 'Seats are left' },
  { zh: '该科目在本校区仍有考位，无需候补，请直接报考。', en: 'Seats are left: enrol instead of waiting.' },
);
/** R-WL-1: one queues only where no seat is to be had. @throws SEATS_AVAILABLE */
export function noSeatIsFree(venue: Pick<Venue, 'capacity' | 'taken' | 'waiting'>): void {
  if (venue.taken < venue.capacity && venue.waiting === 0) throw SEATS_AVAILABLE();
}

/** Seats that people hold stay theirs. */
export const CAPACITY_BELOW_TAKEN = refusal(
  'CAPACITY_BELOW_TAKEN',
  409,
  { zh: '容量小于已占考位', en: 'Capacity below seats taken' },
  { zh: '容量不能小于已被占用的考位数。', en: 'The capacity cannot be less than the seats already taken.' },
);
/** Is the registration window open? Both ends must be set. */
export function isOpen(venue: Pick<Venue, 'opensAt' | 'closesAt'>, now: Date): boolean {
  return venue.opensAt !== null && venue.closesAt !== null && venue.opensAt <= now && now < venue.closesAt;
}

/** Does a change stop a registration that is running? */
export function stops(
  before: Pick<Venue, 'opensAt' | 'closesAt'>,
  after: Pick<Venue, 'opensAt' | 'closesAt'>,
  now: Date,
): boolean {
  return isOpen(before, now) && !isOpen(after, now);
}

/** Does the venue take candidates of this school? Its own school's always (R-WE-3, R-OE-3). */
export function admitsSchool(
  venue: Pick<Venue, 'schoolCode' | 'admits' | 'admittedSchools'>,
  schoolCode: string,
): boolean {
  if (venue.schoolCode === schoolCode || venue.admits === 'ALL_SCHOOLS') return true;
  return venue.admits === 'LISTED_SCHOOLS' && (venue.admittedSchools ?? []).includes(schoolCode);
}

/** 绿: half or more left; 黄: less than half; 红 无: none (R-WE-7). */
export type SeatLevel = 'AMPLE' | 'FEW' | 'NONE';

export function seatLevel(venue: Pick<Venue, 'capacity' | 'taken' | 'waiting'>): SeatLevel {
  const left = venue.capacity - venue.taken;
  if (left <= 0 || venue.waiting > 0) return 'NONE';
  return left * 2 >= venue.capacity ? 'AMPLE' : 'FEW';
}
