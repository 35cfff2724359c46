import { toShanghai } from '../../kernel/clock.js';
import { maskDocumentNumber } from '../../kernel/document-number.js';
import { EXAM_KINDS, type ExamKind } from '../../kernel/words.js';
import { EnumField, Shown, ShownIfAny } from '../../platform/http/fields.js';
import { type CampusNames, PlaceShown, SubjectShown } from '../sitting/index.js';
import type { PaymentMethod } from './gateways/payment-gateway.js';
import { PAYMENT_ORDER_STATES } from './payment-order.machine.js';
import type { OrderOfCandidate } from './payment-order.repository.js';
import { PAYMENT_SOURCE } from './payment-texts.js';

export class OpenOrderBody {
  @EnumField({
    description: '笔试 or 口试: what is unpaid of this kind is paid together',
    values: EXAM_KINDS,
    name: 'ExamKind',
  })
  kind: ExamKind;
}

export class PaymentMethodShown {
  @Shown('Code', { example: 'ALIPAY' })
  code: string;
  @Shown('Name', { example: '支付宝' })
  name: string;
}

export class OrderLineShown {
  @Shown('Enrolment')
  enrolmentId: string;
  @Shown('报考科目')
  subject: SubjectShown;
  @Shown('报名校区')
  campus: PlaceShown;
  @Shown('费用, in fen', { example: 3000 })
  feeFen: number;
  @ShownIfAny('成绩报告单 (证书 for minor languages); written subjects have one', {
    enum: ['PAPER', 'ELECTRONIC'],
    enumName: 'ReportForm',
  })
  reportForm?: string;
}

/** 订单, with what the candidate confirms before paying (R-PA-2). */
export class OrderShown {
  @Shown('Id')
  id: string;
  @Shown('NEEA ID: 32 hex digits, the order’s number at the payment platform', {
    example: '0D15007C4B9E47EF89FB981846D8BE39',
  })
  neeaId: string;
  @Shown('支付科目类型', { enum: [...EXAM_KINDS], enumName: 'ExamKind' })
  kind: string;
  @Shown('支付用途', { example: '第222次CET考试费' })
  purpose: string;
  @Shown('支付来源', { example: PAYMENT_SOURCE })
  source: string;
  @Shown('考生姓名')
  payerName: string;
  @Shown('证件号码, masked', { example: '110***********1234' })
  documentNumber: string;
  @Shown('合计, in fen', { example: 3000 })
  amountFen: number;
  @Shown('What is paid for', { type: [OrderLineShown] })
  lines: OrderLineShown[];
  @Shown('OPEN: can be paid. REFUND_DUE: money came that cannot be applied and goes back', {
    enum: Object.keys(PAYMENT_ORDER_STATES),
    enumName: 'PaymentOrderState',
  })
  state: string;
  @Shown('When it was made', { format: 'date-time' })
  createdAt: string;
  @Shown('To be paid until', { format: 'date-time' })
  expiresAt: string;
  @ShownIfAny('The platform’s page to pay on; in the answer that opens the order', {
    example: 'https://pay.example.edu.cn/0D15007C4B9E47EF89FB981846D8BE39',
  })
  checkoutUrl?: string;
  @Shown('Ways to pay; none where it cannot be paid any more', { type: [PaymentMethodShown] })
  methods: PaymentMethodShown[];
  @ShownIfAny('The way it was paid', { type: PaymentMethodShown })
  method?: PaymentMethodShown;
  @ShownIfAny('The platform’s number of the payment')
  tradeNumber?: string;
  @ShownIfAny('When the platform took the money', { format: 'date-time' })
  paidAt?: string;
  @ShownIfAny('When it was closed unpaid', { format: 'date-time' })
  closedAt?: string;

  static of(
    order: OrderOfCandidate,
    facts: {
      /** By campus code. */
      names: ReadonlyMap<string, CampusNames>;
      methods: readonly PaymentMethod[];
      method: PaymentMethod | undefined;
    },
  ): OrderShown {
    const { id, neeaId, kind, purpose, payerName, amountFen, state, platformTradeNumber } = order;
    const { names, methods, method } = facts;
    return {
      id,
      neeaId,
      kind,
      purpose,
      source: PAYMENT_SOURCE,
      payerName,
      documentNumber: maskDocumentNumber(order.registration.details.documentNumber),
      amountFen,
      lines: order.lines.map(({ enrolmentId, subjectCode, campusCode, feeFen, reportForm }) => ({
        enrolmentId,
        subject: SubjectShown.of(subjectCode),
        campus: { code: campusCode, name: names.get(campusCode)?.campus.name ?? '' },
        feeFen,
        ...(reportForm ? { reportForm } : {}),
      })),
      state,
      createdAt: toShanghai(order.createdAt),
      expiresAt: toShanghai(order.expiresAt),
      methods: [...methods],
      ...(method ? { method } : {}),
      ...(platformTradeNumber ? { tradeNumber: platformTradeNumber } : {}),
      ...(order.paidAt ? { paidAt: toShanghai(order.paidAt) } : {}),
      ...(order.closedAt ? { closedAt: toShanghai(order.closedAt) } : {}),
    };
  }
}

export class OrdersShown {
  @Shown('Newest first', { type: [OrderShown] })
  items: OrderShown[];
}
