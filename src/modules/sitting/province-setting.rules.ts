import { refusal } from '../../kernel/domain-error.js';
import type { ProvinceSetting } from './school.entity.js';

export const ORAL_DAYS_INVALID = refusal(
  'ORAL_DAYS_INVALID',
  422,
  { zh: '口试安排时间有误', en: 'Impossible days of orals' },
  {
    zh: '口试安排的起止时间应同时填写或同时留空，且结束晚于开始。',
    en: 'Give both ends of the days of orals, the end after the beginning, or neither.',
  },
  'oralExamsUntil',
);
/** The days of orals have both ends. @throws ORAL_DAYS_INVALID */
export function oralDaysAreWhole({
  oralExamsFrom: from,
  oralExamsUntil: until,
}: Pick<ProvinceSetting, 'oralExamsFrom' | 'oralExamsUntil'>): void {
  if ((from === null) !== (until === null) || (from && until && from >= until)) throw ORAL_DAYS_INVALID();
}
