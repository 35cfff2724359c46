import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { normaliseDocumentNumber } from '../../kernel/document-number.js';
import { yuanAmount } from '../../kernel/money.js';
import { plain, plainCode } from '../../kernel/same-to-the-eye.js';
import { SUBJECTS } from '../../kernel/words.js';
import {
  type OrderRecord,
  PaymentOrder,
  type PaymentOutcome,
  ShowOrderRecords,
} from '../../modules/payment/index.js';
import { Registration } from '../../modules/registration/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { sittingFilter } from './sitting-filter.js';

/** By order. */
type Facts = ReadonlyMap<string, OrderRecord>;

const STATES: Words = {
  OPEN: { label: '待支付', colour: 'info' },
  PAID: { label: '已支付', colour: 'success' },
  CLOSED: { label: '已关闭' },
  REFUND_DUE: { label: '待退款', colour: 'danger' },
  REFUNDED: { label: '已退款' },
};
export const KIND_WORDS: Words = { WRITTEN: { label: '笔试' }, ORAL: { label: '口试' } };
const OUTCOMES: Readonly<Record<PaymentOutcome, string>> = {
  APPLIED: '已计入报考科目',
  REINSTATED: '已恢复考位',
  REFUNDED: '已原路退款',
  ESCALATED: '未能计入，待退款',
};
const VERDICTS: Readonly<Record<string, string>> = {
  APPLIED: '支付成功',
  DUPLICATE: '重复通知',
  ESCALATED: '到账但未能计入，待退款',
  WRONG_AMOUNT: '金额不符',
  UNKNOWN_ORDER: '订单不符',
  FOREIGN_TRADE: '交易号属于另一订单',
  MALFORMED: '内容无效',
  BAD_SIGNATURE: '签名无效',
};

const COLUMNS: readonly ShownColumn<PaymentOrder, Facts>[] = [
  {
    name: 'payerName',
    label: '考生姓名',
    on: ['list', 'show'],
    text: ({ payerName }) => payerName,
    link: ({ registrationId }) => ({ noun: 'registrations', id: registrationId }),
  },
  {
    name: 'documentNumber',
    label: '证件号码',
    on: [],
    text: () => undefined,
    path: 'details.documentNumber',
    through: { entity: Registration, by: 'registrationId' },
    search: { by: 'WHOLE', normalise: normaliseDocumentNumber },
  },
  {
    name: 'neeaId',
    label: 'NEEA ID（订单号）',
    on: ['show'],
    text: ({ neeaId }) => neeaId,
    path: 'neeaId',
    search: { by: 'WHOLE', normalise: (text) => plainCode(text).toUpperCase() },
  },
  {
    name: 'kind',
    label: '类型',
    on: ['list', 'show'],
    text: ({ kind }) => kind,
    path: 'kind',
    search: { by: 'WORD', words: KIND_WORDS },
  },
  {
    name: 'amount',
    label: '金额（元）',
    on: ['list', 'show'],
    text: ({ amountFen }) => yuanAmount(amountFen),
  },
  {
    name: 'state',
    label: '状态',
    on: ['list', 'show'],
    text: ({ state }) => state,
    path: 'state',
    search: { by: 'WORD', words: STATES },
  },
  {
    name: 'outcome',
    label: '款项去向',
    on: ['show'],
    text: ({ outcome }) => outcome && OUTCOMES[outcome],
  },
  {
    name: 'lines',
    label: '报考科目',
    on: ['list', 'show'],
    text: ({ id }, records) =>
      records
        .get(id)
        ?.lines.map(({ subjectCode, feeFen }) => `${SUBJECTS[subjectCode].name} ${yuanAmount(feeFen)}`)
        .join('、'),
  },
  {
    name: 'method',
    label: '支付方式',
    on: ['list', 'show'],
    text: ({ id }, records) => records.get(id)?.methodName,
  },
  {
    name: 'tradeNumber',
    label: '平台交易号 / 转账凭证号',
    on: ['show'],
    text: ({ platformTradeNumber }) => platformTradeNumber,
    path: 'platformTradeNumber',
    search: { by: 'WHOLE', normalise: (text) => plain(text).trim() },
  },
  {
    name: 'batch',
    label: '集体缴费批次',
    on: ['show'],
    text: ({ batchId }) => batchId && '查看批次',
    link: ({ batchId }) => (batchId ? { noun: 'payment-batches', id: batchId } : undefined),
  },
  {
    name: 'repeated',
    label: '重复支付的订单',
    on: ['show'],
    text: ({ repeatedOrderId }) => repeatedOrderId && '查看原订单（本单为其重复支付的款项）',
    link: ({ repeatedOrderId }) => (repeatedOrderId ? { noun: 'orders', id: repeatedOrderId } : undefined),
  },
  {
    name: 'messages',
    label: '平台消息',
    on: ['show'],
    text: ({ id }, records) =>
      records
        .get(id)
        ?.messages.map(
          ({ receivedAt, verdict }) => `${toShanghaiText(receivedAt)} ${VERDICTS[verdict] ?? verdict}`,
        )
        .join('\n'),
  },
  {
    name: 'createdAt',
    label: '下单时间',
    on: ['list', 'show'],
    text: ({ createdAt }) => toShanghaiText(createdAt),
    path: 'createdAt',
    search: { by: 'DAYS' },
    sortable: true,
  },
  {
    name: 'paidAt',
    label: '支付时间',
    on: ['list', 'show'],
    text: ({ paidAt }) => paidAt && toShanghaiText(paidAt),
    path: 'paidAt',
    search: { by: 'DAYS' },
  },
  {
    name: 'closedAt',
    label: '关闭时间',
    on: ['show'],
    text: ({ closedAt }) => closedAt && toShanghaiText(closedAt),
  },
  sittingFilter(),
];

/** 订单, with what they pay for and what the platform said of them (R-PA-8). Read only; refunds come here. */
@Injectable()
export class ShownOrders implements ShownNoun<PaymentOrder, Facts> {
  readonly id = 'orders';
  readonly name = '订单';
  readonly icon = 'CreditCard';
  readonly entity = PaymentOrder;
  readonly section = 'REGISTRATION';
  readonly seenBy = EVERY_ROLE;
  readonly exported = { by: EVERY_ROLE, numbers: 'MASKED' } as const;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly columns = COLUMNS;

  constructor(private readonly records: ShowOrderRecords) {}

  gather(rows: readonly PaymentOrder[], reader: Reader): Promise<Facts> {
    return this.records.of(reader, rows);
  }
}
