import { Injectable } from '@nestjs/common';
import { yuanAmount } from '../../kernel/money.js';
import { normaliseName } from '../../kernel/person-name.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { PaymentBatchLine } from '../../modules/payment/index.js';
import { type Enrolment, EnrolmentRepository } from '../../modules/registration/index.js';
import { type CampusNames, SchoolRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { ENROLMENT_WORDS } from './enrolments.js';
import { placeName, SUBJECT_WORDS } from './subject-columns.js';

interface Facts {
  /** By campus code. */
  readonly places: ReadonlyMap<string, CampusNames>;
  /** By id. */
  readonly enrolments: ReadonlyMap<string, Enrolment>;
}

const STATES: Words = {
  WAITING: { label: '待入账', colour: 'info' },
  PAID: { label: '已支付', colour: 'success' },
  UNPAYABLE: { label: '已失效，待退款', colour: 'danger' },
  RELEASED: { label: '批次未通过' },
};

const COLUMNS: readonly ShownColumn<PaymentBatchLine, Facts>[] = [
  {
    name: 'name',
    label: '姓名',
    on: ['list', 'show'],
    text: ({ name }) => name,
    link: ({ registrationId }) => ({ noun: 'registrations', id: registrationId }),
    path: 'name',
    search: { by: 'PART', normalise: normaliseName },
  },
  {
    name: 'subject',
    label: '科目',
    on: ['list', 'show'],
    text: ({ subjectCode }) => subjectCode,
    path: 'subjectCode',
    search: { by: 'WORD', words: SUBJECT_WORDS },
  },
  {
    name: 'campus',
    label: '考试校区',
    on: ['list', 'show'],
    text: ({ campusCode }, { places }) => placeName(campusCode, places),
  },
  { name: 'fee', label: '费用（元）', on: ['list', 'show'], text: ({ feeFen }) => yuanAmount(feeFen) },
  {
    name: 'state',
    label: '结果',
    on: ['list', 'show'],
    text: ({ state }) => state,
    path: 'state',
    search: { by: 'WORD', words: STATES },
  },
  {
    // why its money is due back, mostly
    name: 'enrolment',
    label: '科目现状',
    on: ['list', 'show'],
    text: ({ enrolmentId }, { enrolments }) => {
      const enrolment = enrolments.get(enrolmentId);
      return enrolment && ENROLMENT_WORDS[enrolment.state]!.label;
    },
    link: ({ enrolmentId }) => ({ noun: 'enrolments', id: enrolmentId }),
  },
  {
    name: 'order',
    label: '订单',
    on: ['list', 'show'],
    text: ({ orderId }) => orderId && '查看订单',
    link: ({ orderId }) => (orderId ? { noun: 'orders', id: orderId } : undefined),
  },
  {
    name: 'batch',
    label: '批次编号',
    on: ['show'],
    text: ({ batchId }) => batchId,
    link: ({ batchId }) => ({ noun: 'payment-batches', id: batchId }),
    path: 'batchId',
    search: { by: 'WHOLE', normalise: plainCode },
  },
];

/** 集体缴费明细: each enrolment of each batch, and what became of its money. */
@Injectable()
export class ShownPaymentBatchLines implements ShownNoun<PaymentBatchLine, Facts> {
  readonly id = 'payment-batch-lines';
  readonly name = '集体缴费明细';
  readonly icon = 'List';
  readonly entity = PaymentBatchLine;
  readonly section = 'REGISTRATION';
  readonly seenBy = EVERY_ROLE;
  readonly exported = { by: EVERY_ROLE, numbers: 'MASKED' } as const;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly columns = COLUMNS;

  constructor(
    private readonly schools: SchoolRepository,
    private readonly enrolments: EnrolmentRepository,
  ) {}

  async gather(rows: readonly PaymentBatchLine[], reader: Reader): Promise<Facts> {
    const [places, enrolments] = await Promise.all([
      this.schools.names(
        reader,
        rows.map(({ campusCode }) => campusCode),
      ),
      this.enrolments.byIds(
        reader,
        rows.map(({ enrolmentId }) => enrolmentId),
      ),
    ]);
    return { places, enrolments: new Map(enrolments.map((enrolment) => [enrolment.id, enrolment])) };
  }
}
