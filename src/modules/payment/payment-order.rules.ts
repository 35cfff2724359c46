import { refusal } from '../../kernel/domain-error.js';
import type { ExamKind } from '../../kernel/words.js';
import {
  type Enrolment,
  LOCKED_BY_SCHOOL,
  lapsesWhenPayByIsUntil,
  writtenOfTheLevelIs,
} from '../registration/index.js';
import type { Sitting } from '../sitting/index.js';
import type { PaymentOrderLine } from './payment-order-line.entity.js';

export const NOTHING_TO_PAY = refusal(
  'NOTHING_TO_PAY',
  409,
  { zh: '没有需要支付的科目', en: 'Nothing to pay' },
  {
    zh: '没有未支付的科目，请刷新报名信息查看支付状态。',
    en: 'No subject of this kind is unpaid; look at your registration again.',
  },
);
/** R-PA-1: there is something to pay. @throws NOTHING_TO_PAY */
export function somethingIsUnpaid(enrolments: readonly unknown[]): void {
  if (enrolments.length === 0) throw NOTHING_TO_PAY();
}

export const NO_PAYMENT_METHOD = refusal(
  'NO_PAYMENT_METHOD',
  409,
  { zh: '网上支付尚未开通', en: 'Online payment is not open' },
  {
    zh: '目前没有可用的网上支付方式，暂时不能支付。已报考的科目请留意支付期限，并关注通告或咨询所在学校。',
    en: 'There is no way to pay online at present. Mind the deadline of your subjects, and see the notices or ask your school.',
  },
);
/** R-PA-3: a platform takes the payment. @throws NO_PAYMENT_METHOD */
export function aPlatformTakesPayments<T>(platform: T | undefined): asserts platform is T {
  if (platform === undefined) throw NO_PAYMENT_METHOD();
}

export const PAYMENT_PERIOD_OVER = refusal(
  'PAYMENT_PERIOD_OVER',
  409,
  { zh: '缴费时间已结束', en: 'The payment period is over' },
  { zh: '本考次的网上缴费时间已经结束，不能再支付。', en: 'No payment is taken for this sitting any more.' },
);
/** The sitting still takes payments; like every deadline, its end is acted on later than shown. @throws PAYMENT_PERIOD_OVER */
export function paymentPeriodIsNotOver({ paymentEndsAt }: Pick<Sitting, 'paymentEndsAt'>, now: Date): void {
  if (paymentEndsAt && paymentEndsAt <= lapsesWhenPayByIsUntil(now)) throw PAYMENT_PERIOD_OVER();
}

export const PAYMENT_DEADLINE_PASSED = refusal(
  'PAYMENT_DEADLINE_PASSED',
  409,
  { zh: '已超过支付期限', en: 'Past its deadline' },
  {
    zh: '有科目已超过支付期限，即将被系统删除，不能再支付。请稍后刷新报名信息，重新报考或支付其余科目。',
    en: 'A subject is past its deadline and about to lapse. Look at your registration again in a minute.',
  },
);
/** R-WE-6: an enrolment that is about to lapse is not paid for any more. @throws PAYMENT_DEADLINE_PASSED */
export function noDeadlineHasPassed(enrolments: readonly Pick<Enrolment, 'payBy'>[], now: Date): void {
  const until = lapsesWhenPayByIsUntil(now);
  if (enrolments.some(({ payBy }) => payBy <= until)) throw PAYMENT_DEADLINE_PASSED();
}

export const REPORT_FORM_MISSING = refusal(
  'REPORT_FORM_MISSING',
  409,
  { zh: '请先选择成绩报告单', en: 'Choose the score report first' },
  {
    zh: '支付前请先点击“纸质成绩报告单”，为每个笔试科目选择纸质或电子成绩报告单（证书）。',
    en: 'Choose paper or electronic score report for every written subject before paying.',
  },
);
/** R-SR-2: every written subject has its form of report before it is paid. @throws REPORT_FORM_MISSING */
export function reportFormsAreChosen(enrolments: readonly Pick<Enrolment, 'kind' | 'reportForm'>[]): void {
  if (enrolments.some(({ kind, reportForm }) => kind === 'WRITTEN' && !reportForm))
    throw REPORT_FORM_MISSING();
}

/** R-PA-9: what the school has locked it pays for; the candidate pays the rest. @throws LOCKED_BY_SCHOOL if nothing is left */
export function theSchoolPaysNotForAll(toPay: readonly unknown[]): void {
  if (toPay.length === 0) throw LOCKED_BY_SCHOOL();
}

/** R-OE-5: an oral is paid after the written subject of its level. @throws WRITTEN_REQUIRED, WRITTEN_UNPAID */
export function writtenIsPaidBeforeOral(
  unpaid: readonly Pick<Enrolment, 'kind' | 'level'>[],
  live: readonly Pick<Enrolment, 'subjectCode' | 'state'>[],
): void {
  for (const { kind, level } of unpaid) if (kind === 'ORAL') writtenOfTheLevelIs('PAID', live, level);
}

/**
 * R-PA-1: the enrolments that an order of this kind holds, once all rules of paying are kept. `live`: all that the
 * registration holds.
 * @throws NOTHING_TO_PAY, PAYMENT_PERIOD_OVER, PAYMENT_DEADLINE_PASSED, LOCKED_BY_SCHOOL, WRITTEN_REQUIRED,
 * WRITTEN_UNPAID, REPORT_FORM_MISSING
 */
export function enrolmentsToPay(
  facts: { kind: ExamKind; sitting: Pick<Sitting, 'paymentEndsAt'>; live: readonly Enrolment[] },
  now: Date,
): Enrolment[] {
  const unpaid = facts.live.filter(({ kind, state }) => kind === facts.kind && state === 'UNPAID');
  somethingIsUnpaid(unpaid);
  paymentPeriodIsNotOver(facts.sitting, now);
  const toPay = unpaid.filter(({ lockedBySchool }) => !lockedBySchool);
  theSchoolPaysNotForAll(toPay);
  noDeadlineHasPassed(toPay, now);
  writtenIsPaidBeforeOral(toPay, facts.live);
  reportFormsAreChosen(toPay);
  return toPay;
}

type LineContent = Omit<PaymentOrderLine, 'orderId'>;

/** What an order says about an enrolment. */
export function lineOf({ id, subjectCode, campusCode, feeFen, reportForm }: Enrolment): LineContent {
  return { enrolmentId: id, subjectCode, campusCode, feeFen, reportForm };
}

/** Does an open order still say what is to be paid: the same enrolments, subjects, campuses, fees and report forms? */
export function nothingHasChanged(lines: readonly LineContent[], toPay: readonly LineContent[]): boolean {
  const content = (all: readonly LineContent[]) =>
    all
      .map(({ enrolmentId, subjectCode, campusCode, feeFen, reportForm }) =>
        [enrolmentId, subjectCode, campusCode, feeFen, reportForm].join(' '),
      )
      .sort()
      .join('\n');
  return content(lines) === content(toPay);
}
