import { toShanghaiText } from '../../kernel/clock.js';
import { refusal } from '../../kernel/domain-error.js';
import { yuan } from '../../kernel/money.js';
import { CET4, CET6 } from '../../kernel/words.js';
import type { ProvinceSetting } from './school.entity.js';
import type { Venue } from './venue.entity.js';
import { stops } from './venue.rules.js';

/** What a school sets about a venue. The registration window is its province's (R-AD). */
export type VenueSettings = Pick<
  Venue,
  | 'feeFen'
  | 'capacity'
  | 'examStartsAt'
  | 'examEndsAt'
  | 'ticketPrinting'
  | 'ticketAvailableAt'
  | 'admits'
  | 'admittedSchools'
>;

/** Within what a school sets up its venues; null is no limit. */
export type ProvinceLimits = Pick<
  ProvinceSetting,
  'oralExamsFrom' | 'oralExamsUntil' | 'writtenFeeMostFen' | 'oralFeeMostFen'
>;

export const FEE_NOT_ABOVE_ZERO = refusal(
  'FEE_NOT_ABOVE_ZERO',
  422,
  { zh: '费用有误', en: 'Impossible fee' },
  {
    zh: '费用应大于 0 元；暂未确定时请留空。',
    en: 'A fee is above 0; leave it out while it is not decided.',
  },
  'feeFen',
);
export const FEE_ABOVE_PROVINCE_LIMIT = refusal(
  'FEE_ABOVE_PROVINCE_LIMIT',
  422,
  { zh: '费用超过本省上限', en: 'Fee above the limit of the province' },
  {
    zh: '本省规定该类科目的费用不超过 {most}，请修改后保存。',
    en: 'The province lets schools ask for no more than {most}.',
  },
  'feeFen',
);
/** R-WE-1: the fee is set and above 0, and within the province's limit. @throws FEE_NOT_ABOVE_ZERO, FEE_ABOVE_PROVINCE_LIMIT */
export function feeIsWithinLimits(
  { feeFen, kind }: Pick<Venue, 'feeFen' | 'kind'>,
  limits: ProvinceLimits | null,
): void {
  if (feeFen === null) return;
  if (feeFen <= 0) throw FEE_NOT_ABOVE_ZERO();
  const most = kind === 'WRITTEN' ? limits?.writtenFeeMostFen : limits?.oralFeeMostFen;
  if (most != null && feeFen > most) throw FEE_ABOVE_PROVINCE_LIMIT({ values: { most: yuan(most) } });
}

export const EXAM_TIME_INVALID = refusal(
  'EXAM_TIME_INVALID',
  422,
  { zh: '考试时间有误', en: 'Impossible exam time' },
  {
    zh: '考试开始和结束时间应同时填写或同时留空，且结束晚于开始。',
    en: 'Give both ends of the exam time, the end after the beginning, or neither.',
  },
  'examEndsAt',
);
/** R-OE-4: the exam time is an interval. @throws EXAM_TIME_INVALID */
export function examTimeIsWhole({
  examStartsAt,
  examEndsAt,
}: Pick<Venue, 'examStartsAt' | 'examEndsAt'>): void {
  if ((examStartsAt === null) !== (examEndsAt === null)) throw EXAM_TIME_INVALID();
  if (examStartsAt && examEndsAt && examStartsAt >= examEndsAt) throw EXAM_TIME_INVALID();
}

export const EXAM_OUTSIDE_PROVINCE_DAYS = refusal(
  'EXAM_OUTSIDE_PROVINCE_DAYS',
  422,
  { zh: '口试时间不在本省安排内', en: 'Oral exam outside the days of the province' },
  {
    zh: '本省的口试安排在 {from} 至 {until} 之间，请把考试时间设在其中。',
    en: 'The province holds its orals between {from} and {until}.',
  },
  'examStartsAt',
);
/** R-OE-4: an oral lies within the interval its province has set. @throws EXAM_OUTSIDE_PROVINCE_DAYS */
export function oralIsWithinTheProvincesDays(
  { kind, examStartsAt, examEndsAt }: Pick<Venue, 'kind' | 'examStartsAt' | 'examEndsAt'>,
  limits: ProvinceLimits | null,
): void {
  const [from, until] = [limits?.oralExamsFrom, limits?.oralExamsUntil];
  if (kind !== 'ORAL' || !examStartsAt || !examEndsAt || !from || !until) return;
  if (examStartsAt >= from && examEndsAt <= until) return;
  throw EXAM_OUTSIDE_PROVINCE_DAYS({ values: { from: toShanghaiText(from), until: toShanghaiText(until) } });
}

export const EXAM_BEFORE_WINDOW_CLOSES = refusal(
  'EXAM_BEFORE_WINDOW_CLOSES',
  409,
  { zh: '考试早于报名截止', en: 'The exam begins before the window closes' },
  {
    zh: '{place}：网上报名截止时间应早于考试开始时间 {exam}。',
    en: '{place}: the window must close before the exam begins, {exam}.',
  },
);
/** Nobody registers for an exam that has begun. @throws EXAM_BEFORE_WINDOW_CLOSES */
export function windowClosesBeforeTheExam({
  campusCode,
  subjectCode,
  closesAt,
  examStartsAt,
}: Pick<Venue, 'campusCode' | 'subjectCode' | 'closesAt' | 'examStartsAt'>): void {
  if (!closesAt || !examStartsAt || closesAt <= examStartsAt) return;
  const place = `${campusCode} (${subjectCode})`;
  throw EXAM_BEFORE_WINDOW_CLOSES({ values: { place, exam: toShanghaiText(examStartsAt) } });
}

export const WINDOW_OUTLASTS_PAYMENT = refusal(
  'WINDOW_OUTLASTS_PAYMENT',
  409,
  { zh: '报名晚于缴费截止', en: 'The window outlasts payment' },
  {
    zh: '{place}：本考次缴费于 {paymentEndsAt} 截止，报名结束时间不能晚于它。',
    en: '{place}: payment for this sitting ends {paymentEndsAt}; the window must close by then.',
  },
);
/** Whoever can enrol can pay. @throws WINDOW_OUTLASTS_PAYMENT */
export function windowClosesByTheEndOfPayment(
  { closesAt }: Pick<Venue, 'closesAt'>,
  { paymentEndsAt }: { paymentEndsAt: Date | null },
  place: string,
): void {
  if (!closesAt || !paymentEndsAt || closesAt <= paymentEndsAt) return;
  throw WINDOW_OUTLASTS_PAYMENT({ values: { place, paymentEndsAt: toShanghaiText(paymentEndsAt) } });
}

export const VENUE_IN_USE = refusal(
  'VENUE_IN_USE',
  409,
  { zh: '已有考生报考或候补', en: 'Candidates hold or await seats' },
  {
    zh: '该科目在本校区已有考生报考或候补，费用和考试时间可以修改，但不能清空。',
    en: 'Candidates hold or await seats here: fee and exam time may be changed, not taken away.',
  },
);
/** Fee and time that people enrolled by may be changed (an enrolment keeps its fee), not taken away. @throws VENUE_IN_USE */
export function whatPeopleEnrolledByStaysSet(
  before: Pick<Venue, 'feeFen' | 'examStartsAt' | 'taken' | 'waiting'>,
  after: Pick<Venue, 'feeFen' | 'examStartsAt'>,
): void {
  if (before.taken === 0 && before.waiting === 0) return;
  for (const field of ['feeFen', 'examStartsAt'] as const)
    if (before[field] !== null && after[field] === null) throw VENUE_IN_USE({ field });
}

export const WINDOW_IN_USE = refusal(
  'WINDOW_IN_USE',
  409,
  { zh: '报名时间涉及已报考或候补的考生', en: 'Candidates depend on the window' },
  {
    zh: '该科目在本校区已有考生报考或候补：文件不能清空报名时间，也不能停止正在进行的报名。请在“网上报名时间”中核对受影响的考生后修改。',
    en: 'Candidates hold or await seats here: a file neither empties the window nor stops a running registration. Change it where those affected are shown.',
  },
);
/** A registration that people depend on is stopped only where those affected are shown, and never by a blank cell. @throws WINDOW_IN_USE */
export function noFileStopsARegistrationInUse(
  before: Pick<Venue, 'opensAt' | 'closesAt' | 'taken' | 'waiting'>,
  after: Pick<Venue, 'opensAt' | 'closesAt'>,
  now: Date,
): void {
  if (before.taken === 0 && before.waiting === 0) return;
  const emptied = before.closesAt !== null && after.closesAt === null;
  if (emptied || stops(before, after, now)) throw WINDOW_IN_USE();
}

export const ORAL_TICKET_TIME_IS_THE_PROVINCES = refusal(
  'ORAL_TICKET_TIME_IS_THE_PROVINCES',
  422,
  { zh: '口试准考证打印时间由省级设置', en: 'The province sets the time of oral tickets' },
  {
    zh: '口试准考证的打印时间由省级承办机构统一设置，学校只设置笔试准考证的打印时间。',
    en: 'The time of oral tickets is set by the province; a school sets that of written ones.',
  },
  'ticketAvailableAt',
);
/** R-RG-3: printed from a time set by the school (written) or province (oral). @throws ORAL_TICKET_TIME_IS_THE_PROVINCES */
export function ticketTimeIsTheSchools({
  kind,
  ticketAvailableAt,
}: Pick<Venue, 'kind' | 'ticketAvailableAt'>): void {
  if (kind === 'ORAL' && ticketAvailableAt) throw ORAL_TICKET_TIME_IS_THE_PROVINCES();
}

export const TICKETS_TOO_LATE = refusal(
  'TICKETS_TOO_LATE',
  422,
  { zh: '准考证打印时间晚于考试', en: 'Tickets come after the exam' },
  {
    zh: '准考证应在考试开始（{exam}）之前可以打印，请修改打印时间。',
    en: 'Tickets must be there before the exam begins, {exam}.',
  },
  'ticketAvailableAt',
);
/** A ticket is there before it is needed. @throws TICKETS_TOO_LATE */
export function ticketsComeBeforeTheExam({
  examStartsAt,
  ticketAvailableAt,
}: Pick<Venue, 'examStartsAt' | 'ticketAvailableAt'>): void {
  if (examStartsAt && ticketAvailableAt && ticketAvailableAt >= examStartsAt)
    throw TICKETS_TOO_LATE({ values: { exam: toShanghaiText(examStartsAt) } });
}

export const CET_IS_TAKEN_AT_HOME = refusal(
  'CET_IS_TAKEN_AT_HOME',
  422,
  { zh: '英语笔试只面向本校区', en: 'English written exams are taken at home' },
  {
    zh: '英语四、六级笔试在考生所在校区参加，不能对其他学校开放；小语种和口试可以。',
    en: 'CET4 and CET6 are taken at one’s own campus; minor languages and orals may be opened to others.',
  },
  'admits',
);
export const NO_SCHOOL_LISTED = refusal(
  'NO_SCHOOL_LISTED',
  422,
  { zh: '未填写开放的学校', en: 'No school listed' },
  {
    zh: '选择“指定学校”时，请填写至少一所学校的代码。',
    en: 'Name at least one school, or choose another answer.',
  },
  'admittedSchools',
);
/** R-WE-3, R-OE-3: whom a venue takes. @throws CET_IS_TAKEN_AT_HOME, NO_SCHOOL_LISTED */
export function admissionMakesSense({
  subjectCode,
  admits,
  admittedSchools,
}: Pick<Venue, 'subjectCode' | 'admits' | 'admittedSchools'>): void {
  if (admits !== 'OWN_SCHOOL' && [CET4, CET6].includes(subjectCode)) throw CET_IS_TAKEN_AT_HOME();
  if (admits === 'LISTED_SCHOOLS' && !admittedSchools?.length) throw NO_SCHOOL_LISTED();
}

export const SCHOOL_UNKNOWN = refusal(
  'SCHOOL_UNKNOWN',
  422,
  { zh: '学校代码不存在', en: 'No such school' },
  { zh: '没有代码为 {code} 的学校，请核对后填写。', en: 'There is no school {code}.' },
  'admittedSchools',
);
/** A venue is opened to schools that are there. @throws SCHOOL_UNKNOWN */
export function schoolsAreThere(codes: readonly string[], known: ReadonlySet<string>): void {
  const unknown = codes.find((code) => !known.has(code));
  if (unknown) throw SCHOOL_UNKNOWN({ values: { code: unknown } });
}

export const SUBJECT_OFFERED_ALREADY = refusal(
  'SUBJECT_OFFERED_ALREADY',
  409,
  { zh: '该科目已开考', en: 'The subject is offered already' },
  {
    zh: '该校区在本考次已开考该科目，请直接修改它的设置。',
    en: 'The campus offers this subject already: edit it.',
  },
);
/** One venue a campus and subject. @throws SUBJECT_OFFERED_ALREADY */
export function subjectIsNotOfferedYet(existing: unknown): void {
  if (existing) throw SUBJECT_OFFERED_ALREADY();
}

export const VENUE_HAS_A_HISTORY = refusal(
  'VENUE_HAS_A_HISTORY',
  409,
  { zh: '已有考生报考过', en: 'Candidates have been enrolled here' },
  {
    zh: '该科目在本校区有过考生报考或候补，不能取消开考。如需停止报考，请把容量设为已占考位数。',
    en: 'Candidates have held or awaited seats here. To take no more, set the capacity to the seats taken.',
  },
);
/** What somebody enrolled in or waited for stays on the books. @throws VENUE_HAS_A_HISTORY */
export function nobodyEverEnrolled(somebodyDid: boolean): void {
  if (somebodyDid) throw VENUE_HAS_A_HISTORY();
}

/** Every rule about what is set, in order. */
export const VENUE_RULES: readonly ((venue: Venue, limits: ProvinceLimits | null) => void)[] = [
  feeIsWithinLimits,
  examTimeIsWhole,
  oralIsWithinTheProvincesDays,
  windowClosesBeforeTheExam,
  ticketTimeIsTheSchools,
  ticketsComeBeforeTheExam,
  admissionMakesSense,
];
/** @throws what the rules throw, the first of them that is broken */
export function venueCanBeSetSo(venue: Venue, limits: ProvinceLimits | null): void {
  for (const rule of VENUE_RULES) rule(venue, limits);
}
