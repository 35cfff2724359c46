import { refusal } from '../../kernel/domain-error.js';
import type { StudentRecord } from '../qualification/index.js';
import type { Enrolment } from '../registration/index.js';
import type { Venue } from '../sitting/index.js';
import type { CollectiveRegistrationState } from './collective-registration.machine.js';

/** The longest list taken at once. */
export const MOST_LINES = 5_000;

export const COLLECTIVE_LIST_EMPTY = refusal(
  'COLLECTIVE_LIST_EMPTY',
  422,
  { zh: '名单为空', en: 'The list is empty' },
  {
    zh: '名单中没有号码，请每行填写一个证件号码或学号。',
    en: 'Give a document number or a student number on each line.',
  },
  'numbers',
);
export const COLLECTIVE_LIST_TOO_LONG = refusal(
  'COLLECTIVE_LIST_TOO_LONG',
  422,
  { zh: '名单过长', en: 'The list is too long' },
  { zh: '一次最多 {most} 人，请拆分后分次提交。', en: 'A list has {most} students at most; split it.' },
  'numbers',
);
/** Somebody is on the list, and not more than are taken at once. @throws COLLECTIVE_LIST_EMPTY, COLLECTIVE_LIST_TOO_LONG */
export function theListHasAUsefulLength(entries: readonly string[]): void {
  if (entries.length === 0) throw COLLECTIVE_LIST_EMPTY();
  if (entries.length > MOST_LINES) throw COLLECTIVE_LIST_TOO_LONG({ values: { most: MOST_LINES } });
}

export const COLLECTIVE_REGISTRATION_MOVED_ON = refusal(
  'COLLECTIVE_REGISTRATION_MOVED_ON',
  409,
  { zh: '该名单不在待确认状态', en: 'The list does not wait for a decision' },
  {
    zh: '名单正在检查，或者已经开始报名、已经作废，请刷新后查看。',
    en: 'The list is being checked, or has been taken or dropped already. Look again.',
  },
);
/** What has been looked at, and only that, is enrolled or dropped. @throws COLLECTIVE_REGISTRATION_MOVED_ON */
export function theListAwaitsADecision({ state }: { state: CollectiveRegistrationState }): void {
  if (state !== 'CHECKED') throw COLLECTIVE_REGISTRATION_MOVED_ON();
}

export const NOT_ON_THE_ROSTER = refusal(
  'NOT_ON_THE_ROSTER',
  409,
  { zh: '学籍库中没有此人', en: 'Not on the roster' },
  {
    zh: '本校本考次的学籍库中没有该证件号码或学号的考生，请先导入学籍。',
    en: 'No student of the school has this document or student number in this sitting. Import the roster first.',
  },
);
/**
 * A school registers the students on its own roster of the sitting. Whom the roster, or their registration, has at
 * another school by now is not there for it (R-AD-1).
 * @throws NOT_ON_THE_ROSTER
 */
export function theStudentIsOnTheRoster<S extends Pick<StudentRecord, 'details'>>(
  student: S | null,
  { schoolCode }: { schoolCode: string },
): asserts student is S {
  if (student?.details.schoolCode !== schoolCode) throw NOT_ON_THE_ROSTER();
}

/** A number that two students share names neither. */
export const NUMBER_MEANS_SEVERAL = refusal(
  'NUMBER_MEANS_SEVERAL',
  409,
  { zh: '号码对应多名考生', en: 'The number means several students' },
  {
    zh: '学籍库中有多名考生使用该号码，请改用证件号码。',
    en: 'Several students on the roster have this number; use the document number.',
  },
);
/** The list names a student once; the first line stands. */
export const ON_THE_LIST_TWICE = refusal(
  'ON_THE_LIST_TWICE',
  409,
  { zh: '名单中重复', en: 'On the list twice' },
  {
    zh: '该考生在名单中已出现过，以第一次为准。',
    en: 'The student stands on the list already; that line counts.',
  },
);

export const LINE_FAILED = refusal(
  'LINE_FAILED',
  409,
  { zh: '系统多次未能处理', en: 'The line failed again and again' },
  {
    zh: '系统多次未能处理该考生，没有为其报名。请稍后将其列入新名单重试；仍不成功的，请与教育考试院联系。',
    en: 'The system failed at this student several times and enrolled nobody. List them again later; if that fails, ask the authority.',
  },
);
/** How often a line in trouble is tried again before the rest of the list waits for it no longer. */
export const MOST_FAILURES = 5;

export const SUBJECT_NOT_HELD_THERE = refusal(
  'SUBJECT_NOT_HELD_THERE',
  409,
  { zh: '该校区没有开设此科目', en: 'The campus does not hold the subject' },
  {
    zh: '所选（或考生所在）校区本考次没有开设该科目。',
    en: 'The campus, chosen or the student’s own, does not hold the subject in this sitting.',
  },
);
/** R-WE-1: the campus holds the subject. @throws SUBJECT_NOT_HELD_THERE */
export function theCampusHoldsTheSubject(venue: Venue | undefined): asserts venue is Venue {
  if (!venue) throw SUBJECT_NOT_HELD_THERE();
}

/** Whoever holds the subject already, wherever, is listed as such and not enrolled twice. */
export function holdsTheSubject(
  enrolments: readonly Pick<Enrolment, 'subjectCode'>[],
  { subjectCode }: Pick<Venue, 'subjectCode'>,
): boolean {
  return enrolments.some((enrolment) => enrolment.subjectCode === subjectCode);
}
