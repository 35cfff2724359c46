import type { ExamKind } from '../../kernel/words.js';
import type { Enrolment } from './enrolment.entity.js';
import { isLive } from './registration.rules.js';

/** 已完成, 未开始, 未支付, 不可打印, 可打印 */
export type StepState = 'DONE' | 'TO_DO' | 'UNPAID' | 'NOT_PRINTABLE' | 'PRINTABLE';

export interface Step {
  key: string;
  name: string;
  required: boolean;
  state: StepState;
}

/** 全未支付, 部分支付, 全部支付, or nothing enrolled. */
export type PaymentState = 'NONE' | 'ALL_UNPAID' | 'PARTLY_PAID' | 'ALL_PAID';

export function paymentState(enrolments: readonly Pick<Enrolment, 'state'>[]): PaymentState {
  const live = enrolments.filter(isLive);
  const paid = live.filter(({ state }) => state === 'PAID').length;
  if (live.length === 0) return 'NONE';
  if (paid === live.length) return 'ALL_PAID';
  return paid === 0 ? 'ALL_UNPAID' : 'PARTLY_PAID';
}

/**
 * R-RG-1: the steps of the registration page, in its order. Whoever has a registration has done the first three.
 * `printable`: a ticket can be printed now.
 */
export function steps(enrolments: readonly Pick<Enrolment, 'state' | 'kind'>[], printable: boolean): Step[] {
  const payments = (kind: ExamKind) =>
    paymentState(enrolments.filter((enrolment) => enrolment.kind === kind));
  const written = payments('WRITTEN');
  const oral = payments('ORAL');
  return [
    { key: 'AGREEMENT', name: '报名协议', required: true, state: 'DONE' },
    { key: 'QUALIFICATION_QUERY', name: '资格信息查询', required: true, state: 'DONE' },
    { key: 'QUALIFICATION_CONFIRMATION', name: '资格信息确认', required: true, state: 'DONE' },
    { key: 'WRITTEN_ENROLMENT', name: '笔试报考', required: true, state: enrolled(written) },
    { key: 'WRITTEN_PAYMENT', name: '笔试缴费', required: true, state: paid(written) },
    { key: 'ORAL_ENROLMENT', name: '口试报考', required: false, state: enrolled(oral) },
    { key: 'ORAL_PAYMENT', name: '口试缴费', required: false, state: paid(oral) },
    { key: 'COMPLETION', name: '完成报名', required: true, state: completed(written, oral) },
    { key: 'TICKET', name: '打印准考证', required: true, state: printable ? 'PRINTABLE' : 'NOT_PRINTABLE' },
    { key: 'EXAM', name: '参加考试', required: true, state: 'TO_DO' },
  ];
}

function enrolled(payments: PaymentState): StepState {
  return payments === 'NONE' ? 'TO_DO' : 'DONE';
}

function paid(payments: PaymentState): StepState {
  if (payments === 'NONE') return 'TO_DO';
  return payments === 'ALL_PAID' ? 'DONE' : 'UNPAID';
}

function completed(written: PaymentState, oral: PaymentState): StepState {
  if (written !== 'ALL_PAID') return paid(written);
  return oral === 'NONE' || oral === 'ALL_PAID' ? 'DONE' : 'UNPAID';
}
