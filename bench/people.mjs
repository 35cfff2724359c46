/**
 * Who is there: candidates by number. Everything about one follows from the number, in SQL (to make millions at once)
 * and here (to speak for one of them), so that nothing has to be read back.
 */

/** What a row's id says it is; UUIDs of version 7 and an early time, so that the application's own come after. */
const KINDS = {
  account: '001',
  record: '002',
  registration: '003',
  enrolment: '004',
  entry: '005',
  session: '006',
  venue: '007',
  sitting: '008',
  rule: '009',
  listLine: '00a',
  order: '00b',
  review: '00c',
  message: '00d',
  line: '00e',
};

const hex = (number) => number.toString(16).padStart(8, '0');

/** @param {keyof KINDS} kind @param {number} number */
export function idOf(kind, number) {
  const h = hex(number);
  return `0190${h.slice(0, 4)}-${h.slice(4)}-7${KINDS[kind]}-8000-0000${h}`;
}

/** The same in SQL, of an expression that is a number. */
export function idSql(kind, number) {
  const h = `LPAD(LOWER(HEX(${number})), 8, '0')`;
  return `CONCAT('0190', LEFT(${h}, 4), '-', RIGHT(${h}, 4), '-7${KINDS[kind]}-8000-0000', ${h})`;
}

export const SITTING_ID = idOf('sitting', 1);

/** The session token of a candidate. */
export const tokenOf = (number) => `bench-token-${String(number).padStart(12, '0')}`;
export const tokenSql = (number) => `CONCAT('bench-token-', LPAD(${number}, 12, '0'))`;

/** Subjects a campus offers, in the order of their venues' numbers. */
export const SUBJECTS = ['1', '2', 'F', 'S', '3'];
/** The venue of a campus (by number) and subject. */
export const venueOf = (campus, subject = '1') =>
  idOf('venue', campus * SUBJECTS.length + SUBJECTS.indexOf(subject));
export const venueSql = (campus) => idSql('venue', `(${campus}) * ${SUBJECTS.length}`);

/** School and campus codes of a campus number, 0 to 9999: one campus a school, a thousand schools a province. */
export const schoolSql = (campus) => `CONCAT('1', LPAD(${campus}, 4, '0'))`;

/**
 * A group of candidates: numbers `first`, `first + step` …, spread evenly over `campuses` campuses from number `campus`.
 * @typedef {{ first: number, step: number, count: number, campus: number, campuses: number }} Group
 */

/** The candidate at a place of a group, as a caller of the API. @param {Group} group @param {number} i */
export function candidate(group, i) {
  const number = group.first + group.step * i;
  return {
    token: tokenOf(number),
    venueId: venueOf(group.campus + (i % group.campuses)),
    registrationId: idOf('registration', number),
  };
}

/** Venues of a group. @param {Group} group */
export const venuesOf = (group) =>
  Array.from({ length: group.campuses }, (_, i) => venueOf(group.campus + i));

/** Hands out numbers of candidates and campuses, so that no two groups share any. */
export class Numbers {
  nextCandidate = 1;
  nextCampus = 0;

  /** @returns {Group} */
  group(count, campuses) {
    const group = { first: this.nextCandidate, step: 1, count, campus: this.nextCampus, campuses };
    this.nextCandidate += count;
    this.nextCampus += campuses;
    return group;
  }

  /** More candidates of the same campuses. @returns {Group} */
  more(count, { campus, campuses }) {
    const group = { first: this.nextCandidate, step: 1, count, campus, campuses };
    this.nextCandidate += count;
    return group;
  }
}
