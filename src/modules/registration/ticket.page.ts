import { toShanghaiText } from '../../kernel/clock.js';
import type { Bilingual } from '../../kernel/domain-error.js';
import { DOCUMENT_TYPES, type DocumentType, GENDERS, type Gender, SUBJECTS } from '../../kernel/words.js';
import type { Campus, School, Sitting, Venue } from '../sitting/index.js';
import type { Enrolment } from './enrolment.entity.js';
import type { Registration } from './registration.entity.js';

/** One line of a ticket: what it is, and what it says. */
export interface TicketLine {
  label: Bilingual;
  value: string;
}

/** What stands on an admission ticket (准考证), in the order it is read. */
export interface TicketPage {
  title: Bilingual;
  sitting: string;
  /** The 15 digits, grouped by what they mean. */
  number: string;
  room: string;
  seat: string;
  candidate: readonly TicketLine[];
  exam: readonly TicketLine[];
  notice: { heading: Bilingual; lines: readonly Bilingual[] };
  closing: Bilingual;
  printedAt: Date;
}

export interface TicketFacts {
  enrolment: Pick<Enrolment, 'kind' | 'subjectCode'> & {
    ticketNumber: string;
    venue: Pick<Venue, 'examStartsAt' | 'examEndsAt'>;
    campus: Pick<Campus, 'code' | 'name'>;
    school: Pick<School, 'name'>;
  };
  registration: Pick<Registration, 'details'>;
  /** The candidate's own. */
  campus: Pick<Campus, 'code' | 'name'>;
  school: Pick<School, 'name'>;
  sitting: Pick<Sitting, 'name' | 'number'>;
}

const ENGLISH_GENDERS: Record<Gender, string> = { MALE: 'Male', FEMALE: 'Female' };
const ENGLISH_DOCUMENT_TYPES: Record<DocumentType, string> = {
  RESIDENT_ID: 'Resident ID',
  PASSPORT: 'Passport',
  HK_MACAO_TRAVEL_PERMIT: 'Travel permit, Hong Kong and Macao',
  TAIWAN_TRAVEL_PERMIT: 'Travel permit, Taiwan',
  HONG_KONG_ID: 'Hong Kong ID',
  MACAO_ID: 'Macao ID',
  TAIWAN_ID: 'Taiwan ID',
  FOREIGN_PERMANENT_RESIDENT_ID: 'Permanent resident ID',
  HK_MACAO_TAIWAN_RESIDENCE_PERMIT: 'Residence permit, Hong Kong, Macao and Taiwan',
};

/** R-RG-3: the ticket of one arranged enrolment. */
export function ticketPage(facts: TicketFacts, now: Date): TicketPage {
  const { enrolment, registration, sitting } = facts;
  const { campus, room, seat, ...parts } = partsOf(enrolment.ticketNumber);
  return {
    title: TITLES[enrolment.kind],
    sitting: `${sitting.name}（第${sitting.number}次）`,
    number: [campus, parts.sitting, parts.subject, room, seat].join(' '),
    room,
    seat,
    candidate: candidateLines(registration.details, placeName(facts)),
    exam: examLines(enrolment),
    notice: NOTICE,
    closing: CLOSING,
    printedAt: now,
  };
}

/** 15 digits: campus 6, year 2 and half 1 (the sitting), subject 1, room 3, seat 2. */
function partsOf(number: string) {
  return {
    campus: number.slice(0, 6),
    sitting: number.slice(6, 9),
    subject: number.slice(9, 10),
    room: number.slice(10, 13),
    seat: number.slice(13),
  };
}

function candidateLines(details: Registration['details'], place: string): TicketLine[] {
  const { name, gender, documentType, documentNumber } = details;
  return [
    { label: { zh: '姓名', en: 'Name' }, value: name },
    { label: { zh: '性别', en: 'Gender' }, value: `${GENDERS[gender]} ${ENGLISH_GENDERS[gender]}` },
    {
      label: { zh: '证件类型', en: 'Document' },
      value: `${DOCUMENT_TYPES[documentType]} ${ENGLISH_DOCUMENT_TYPES[documentType]}`,
    },
    { label: { zh: '证件号码', en: 'Document number' }, value: documentNumber },
    { label: { zh: '所在学校', en: 'School' }, value: place },
  ];
}

function examLines(enrolment: TicketFacts['enrolment']): TicketLine[] {
  const { name, englishName } = SUBJECTS[enrolment.subjectCode];
  const { examStartsAt, examEndsAt } = enrolment.venue;
  const time = interval(examStartsAt, examEndsAt) ?? ANNOUNCED;
  const lines = [
    { label: { zh: '考试科目', en: 'Subject' }, value: `${name} ${englishName}` },
    { label: { zh: '考点', en: 'Exam campus' }, value: placeName(enrolment) },
  ];
  if (enrolment.kind === 'WRITTEN')
    return [...lines, { label: { zh: '考试时间', en: 'Exam time' }, value: time }];
  return [
    ...lines,
    { label: { zh: '考试时间区间', en: 'Exam interval' }, value: time },
    {
      label: { zh: '具体时间', en: 'Exact time' },
      value: ANNOUNCED,
    },
  ];
}

/** A campus often bears its school's name, alone or in front of its own. */
function placeName({ school, campus }: Pick<TicketFacts, 'school' | 'campus'>): string {
  const name = campus.name.startsWith(school.name) ? campus.name : `${school.name} ${campus.name}`;
  return `${name}（${campus.code}）`;
}

function interval(from: Date | null, until: Date | null): string | undefined {
  if (!from) return undefined;
  const [start, end] = [toShanghaiText(from), until ? toShanghaiText(until) : ''];
  if (!end) return start;
  return end.startsWith(start.slice(0, 10)) ? `${start} – ${end.slice(11)}` : `${start} – ${end}`;
}

const ANNOUNCED = '以考点通知为准 As the exam campus announces';

const TITLES: Record<Enrolment['kind'], Bilingual> = {
  WRITTEN: { zh: '全国大学英语四、六级考试 准考证', en: 'College English Test (CET) Admission Ticket' },
  ORAL: {
    zh: '全国大学英语四、六级考试口语考试 准考证',
    en: 'CET Spoken English Test (CET-SET) Admission Ticket',
  },
};

/** [004], 考试中须注意事项. */
const NOTICE: TicketPage['notice'] = {
  heading: { zh: '考试中须注意事项：在考场内不得', en: 'In the examination room you may not' },
  lines: [
    { zh: '使用自动铅笔作答；', en: 'answer with a mechanical pencil' },
    {
      zh: '以不正当方法获悉试题内容或相关考试的信息；',
      en: 'learn of questions or the exam by improper means',
    },
    { zh: '从试题簿撕下任何一页或多页；', en: 'tear pages out of the question book' },
    {
      zh: '在考试期间参考、翻阅或作答并非该考试环节应使用的试题；',
      en: 'read or answer questions of another part of the exam',
    },
    { zh: '使用任何违禁物品；', en: 'use anything that is forbidden' },
    { zh: '在试场内摄影、录音或录影；', en: 'take photographs, record sound or film' },
    { zh: '携带食物或饮品进入考场；', en: 'bring in food or drink' },
    { zh: '在考场范围内吸烟或乱扔垃圾。', en: 'smoke or litter' },
  ],
};

const CLOSING: Bilingual = {
  zh: '最终参加考试的考点和时间以本准考证上注明的为准。',
  en: 'Sit the exam at the place and time given on this ticket.',
};
