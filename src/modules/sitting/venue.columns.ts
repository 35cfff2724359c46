import { TICKET_PRINTING } from '../../kernel/words.js';
import {
  digits,
  listOf,
  moment,
  namedCodes,
  oneOf,
  wholeNumber,
  yuanAsFen,
} from '../../platform/import/cells.js';
import { optionalColumn, type ReadCell, type RowOf, requiredColumn } from '../../platform/import/column.js';
import { Fault } from '../../platform/import/fault.js';
import { subjectCell } from '../../platform/import/word-cells.js';
import type { Admits } from './venue.entity.js';

const wholeAnswer = oneOf<Admits>([
  { value: 'OWN_SCHOOL', words: ['本校', 'OWN_SCHOOL', '只限本校'] },
  { value: 'ALL_SCHOOLS', words: ['全部', 'ALL_SCHOOLS', '全部学校', '所有学校'] },
]);
const schoolCodes = listOf(digits(5));

/** `本校`, `全部`, or the codes of the schools it takes besides its own. */
const admitsCell: ReadCell<{ admits: Admits; admittedSchools: string[] | null }> = (cell) => {
  const whole = wholeAnswer(cell);
  if (!(whole instanceof Fault)) return { admits: whole, admittedSchools: null };
  if (!/\d/.test(cell)) return whole;
  const admittedSchools = schoolCodes(cell);
  return admittedSchools instanceof Fault ? admittedSchools : { admits: 'LISTED_SCHOOLS', admittedSchools };
};

const SHORT = { SELF: ['自行打印', '考生打印'], SCHOOL: ['统一打印', '学校打印'] };

export const VENUE_COLUMNS = {
  campusCode: requiredColumn('校区代码', 'campus_code', digits(6)),
  subjectCode: requiredColumn('科目', 'subject', subjectCell),
  capacity: requiredColumn('容量', 'capacity', wholeNumber(0, 1_000_000)),
  feeFen: optionalColumn('费用', 'fee_yuan', yuanAsFen),
  examStartsAt: optionalColumn('考试开始时间', 'exam_starts_at', moment),
  examEndsAt: optionalColumn('考试结束时间', 'exam_ends_at', moment),
  opensAt: optionalColumn('报名开始时间', 'opens_at', moment),
  closesAt: optionalColumn('报名结束时间', 'closes_at', moment),
  admission: optionalColumn('招生范围', 'admits', admitsCell),
  ticketPrinting: optionalColumn(
    '准考证打印方式',
    'ticket_printing',
    oneOf(
      namedCodes(TICKET_PRINTING).map(({ value, words }) => ({ value, words: [...words, ...SHORT[value]] })),
    ),
  ),
  ticketAvailableAt: optionalColumn('准考证打印时间', 'ticket_available_at', moment),
};
export type VenueRow = RowOf<typeof VENUE_COLUMNS>;

export const endsBeforeItBegins = new Fault('ENDS_BEFORE_IT_BEGINS', {
  zh: '结束时间应晚于开始时间',
  en: 'It must end after it begins',
});
export const oneEndOnly = new Fault('ONE_END_ONLY', {
  zh: '开始时间和结束时间应同时填写或同时留空',
  en: 'Give both the beginning and the end, or neither',
});
