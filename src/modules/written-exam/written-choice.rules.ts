import { refusal } from '../../kernel/domain-error.js';
import { SUBJECTS } from '../../kernel/words.js';
import {
  CAMPUS_NOT_ALLOWED,
  type ChoosingFacts,
  type Enrolment,
  isLive,
  type PricedVenue,
  subjectCanBeChosen,
  theLevelIsFree,
} from '../registration/index.js';
import { admitsSchool, type Venue } from '../sitting/index.js';

/** R-WE-3: CET is taken at the candidate's own campus, a minor language at any campus that opens it to their school. @throws CAMPUS_NOT_ALLOWED */
export function campusTakesTheCandidate(
  student: { campusCode: string; schoolCode: string },
  venue: Pick<Venue, 'subjectCode' | 'campusCode' | 'schoolCode' | 'admits' | 'admittedSchools'>,
): void {
  const allowed = SUBJECTS[venue.subjectCode].minorLanguage
    ? admitsSchool(venue, student.schoolCode)
    : venue.campusCode === student.campusCode;
  if (!allowed) throw CAMPUS_NOT_ALLOWED();
}

/**
 * All conditions of choosing a written subject but the seat (R-WE-1 to 3).
 * @throws CAMPUS_NOT_ALLOWED and what `subjectCanBeChosen` throws
 */
export function writtenSubjectCanBeChosen(
  facts: ChoosingFacts,
  venue: Venue,
  now: Date,
  exceptHolderId?: string,
): asserts venue is PricedVenue {
  campusTakesTheCandidate(facts.registration.details, venue);
  subjectCanBeChosen(facts, venue, now, exceptHolderId);
}

/** The same for several at once, which must not share a level either. */
export function writtenSubjectsCanBeChosen(
  facts: ChoosingFacts,
  venues: readonly Venue[],
  now: Date,
): asserts venues is readonly PricedVenue[] {
  venues.forEach((venue, i) => {
    writtenSubjectCanBeChosen(facts, venue, now);
    theLevelIsFree(venues.slice(0, i), venue);
  });
}

export const LAST_WRITTEN = refusal(
  'LAST_WRITTEN',
  409,
  { zh: '不能取消全部笔试科目', en: 'The last written subject' },
  {
    zh: '笔试报考科目不能为空，可以直接更改为其他科目；如不再报名，请删除报名信息。',
    en: 'Change it for another subject, or delete the registration.',
  },
);
/** R-WE-4: the last written subject is not given up; it is changed in one step. @throws LAST_WRITTEN */
export function anotherWrittenSubjectRemains(enrolments: readonly Enrolment[], givenUp: Enrolment): void {
  const others = enrolments.filter((e) => e.kind === 'WRITTEN' && e.id !== givenUp.id && isLive(e));
  if (others.length === 0) throw LAST_WRITTEN();
}

export const ORAL_DEPENDS = refusal(
  'ORAL_DEPENDS',
  409,
  { zh: '已报考同级别口试', en: 'Its oral is enrolled' },
  {
    zh: '已报考同级别口试，笔试科目不可取消或更改；请先取消口试报考。',
    en: 'Give up the oral of the same level first.',
  },
);
/** R-WE-4: a written subject stays while its oral is enrolled. @throws ORAL_DEPENDS */
export function noOralDependsOn(written: Enrolment, enrolments: readonly Enrolment[]): void {
  if (SUBJECTS[written.subjectCode].minorLanguage) return;
  const oral = enrolments.some((e) => e.kind === 'ORAL' && e.level === written.level && isLive(e));
  if (oral) throw ORAL_DEPENDS();
}
