import { refusal } from '../../kernel/domain-error.js';
import { type Enrolment, lapsesWhenPayByIsUntil } from '../registration/index.js';
import type { Sitting } from '../sitting/index.js';

export const PREFERENCE_CLOSED = refusal(
  'PREFERENCE_CLOSED',
  409,
  { zh: '现在不能选择成绩报告单', en: 'The preference is closed' },
  {
    zh: '纸质成绩报告单（证书）的选择须在支付前完成；已支付的科目可在成绩发布后的规定时间内修改。',
    en: 'Choose before paying; after results it can be changed in the window announced.',
  },
);

/**
 * R-SR-2, R-SR-3: chosen before paying, and changed again in the sitting's window after results. The window's opening
 * moment is inside, its closing moment is not.
 * @throws PREFERENCE_CLOSED
 */
export function reportFormIsOpen(
  enrolment: Pick<Enrolment, 'kind' | 'state' | 'payBy'>,
  sitting: Pick<Sitting, 'reportChangeOpensAt' | 'reportChangeClosesAt'>,
  now: Date,
): void {
  if (enrolment.kind !== 'WRITTEN') throw PREFERENCE_CLOSED();
  if (enrolment.state === 'UNPAID' && enrolment.payBy > lapsesWhenPayByIsUntil(now)) return;
  const { reportChangeOpensAt: opens, reportChangeClosesAt: closes } = sitting;
  const afterResults = opens !== null && closes !== null && opens <= now && now < closes;
  if (enrolment.state !== 'PAID' || !afterResults) throw PREFERENCE_CLOSED();
}
