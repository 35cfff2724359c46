import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { allRefusals } from '../../kernel/domain-error.js';
import { yuanAmount } from '../../kernel/money.js';
import { plain, plainCode } from '../../kernel/same-to-the-eye.js';
import { EXAM_KINDS, type ExamKind, REPORT_FORMS, type ReportForm } from '../../kernel/words.js';
import {
  type BatchOutcome,
  DecidePaymentBatch,
  LoadPayableEnrolments,
  PaymentBatch,
  PaymentBatchRepository,
  SubmitPaymentBatch,
} from '../../modules/payment/index.js';
import { SchoolRepository, SittingRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { EnumField, TextField, YuanField } from '../../platform/http/fields.js';
import { choicesOf } from '../panel/form.js';
import { nounAction } from '../panel/noun-action.js';
import { EVERY_ROLE, type PanelUser } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { StaffRepository } from '../staff/staff.repository.js';
import { KIND_WORDS } from './orders.js';
import { sittingFilter } from './sitting-filter.js';

interface Facts {
  readonly sittingNames: ReadonlyMap<string, string>;
  readonly staffNames: ReadonlyMap<string, string>;
  readonly schoolNames: ReadonlyMap<string, string>;
  /** By batch. */
  readonly outcomes: ReadonlyMap<string, BatchOutcome>;
}

const STATES: Words = {
  SUBMITTED: { label: '待审核', colour: 'danger' },
  APPROVED: { label: '已通过', colour: 'success' },
  REJECTED: { label: '已驳回' },
  WITHDRAWN: { label: '已撤回' },
};

const COLUMNS: readonly ShownColumn<PaymentBatch, Facts>[] = [
  {
    name: 'submittedAt',
    label: '提交时间',
    on: ['list', 'show'],
    text: ({ submittedAt }) => toShanghaiText(submittedAt),
    // ids made later sort later, and need no index of their own
    path: 'id',
    sortable: true,
  },
  {
    name: 'sitting',
    label: '考次',
    on: ['show'],
    text: ({ sittingId }, { sittingNames }) => sittingNames.get(sittingId),
  },
  {
    name: 'school',
    label: '学校',
    on: ['list', 'show'],
    text: ({ schoolCode }, { schoolNames }) => schoolNames.get(schoolCode) ?? schoolCode,
  },
  {
    name: 'schoolCode',
    label: '学校代码',
    on: ['show'],
    text: ({ schoolCode }) => schoolCode,
    path: 'schoolCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'kind',
    label: '类型',
    on: ['list', 'show'],
    text: ({ kind }) => kind,
    path: 'kind',
    search: { by: 'WORD', words: KIND_WORDS },
  },
  { name: 'lineCount', label: '科次', on: ['list', 'show'], text: ({ lineCount }) => lineCount },
  {
    name: 'amount',
    label: '金额（元）',
    on: ['list', 'show'],
    text: ({ amountFen }) => yuanAmount(amountFen),
  },
  {
    name: 'transferReference',
    label: '转账凭证号',
    on: ['list', 'show'],
    text: ({ transferReference }) => transferReference,
    path: 'transferReference',
    search: { by: 'WHOLE', normalise: (text) => plain(text).trim() },
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
    label: '缴费结果',
    on: ['list', 'show'],
    text: (batch, { outcomes }) => outcomeText(batch, outcomes.get(batch.id)!),
  },
  {
    name: 'lines',
    label: '缴费明细',
    on: ['list', 'show'],
    text: () => '查看明细',
    link: ({ id }) => ({ noun: 'payment-batch-lines', filter: 'batch', value: id }),
  },
  {
    name: 'submittedBy',
    label: '提交人',
    on: ['show'],
    text: ({ submittedBy }, { staffNames }) => staffNames.get(submittedBy),
  },
  {
    name: 'decidedBy',
    label: '审核人',
    on: ['show'],
    text: ({ decidedBy }, { staffNames }) => decidedBy && staffNames.get(decidedBy),
  },
  {
    name: 'decidedAt',
    label: '审核时间',
    on: ['show'],
    text: ({ decidedAt }) => decidedAt && toShanghaiText(decidedAt),
  },
  { name: 'reason', label: '驳回原因', on: ['show'], text: ({ reason }) => reason },
  {
    name: 'settledAt',
    label: '入账完成时间',
    on: ['show'],
    text: ({ settledAt }) => settledAt && toShanghaiText(settledAt),
  },
  sittingFilter(),
];

function outcomeText({ state, settledAt }: PaymentBatch, { paid, unpayable }: BatchOutcome): string {
  if (state !== 'APPROVED') return '';
  const done = `已支付 ${paid.count} 科 ${yuanAmount(paid.fen)} 元`;
  const left =
    unpayable.count > 0 ? `；已失效 ${unpayable.count} 科 ${yuanAmount(unpayable.fen)} 元待退` : '';
  return `${done}${left}${settledAt ? '' : '（正在入账）'}`;
}

class SubmitInput {
  @EnumField({ description: '类型', values: EXAM_KINDS, name: 'ExamKind' })
  kind: ExamKind;
  @YuanField({ description: '转账金额', minFen: 1, maxFen: 2_000_000_000 })
  amountFen: number;
  @TextField({ description: '银行转账凭证号', max: 60, pattern: /^[-_/ ]*[0-9A-Za-z][0-9A-Za-z\-_/ ]*$/ })
  transferReference: string;
  @EnumField({ description: '成绩报告单', values: Object.keys(REPORT_FORMS), name: 'ReportForm' })
  reportForm: ReportForm;
}

class ApproveInput {
  @YuanField({ description: '到账金额', minFen: 1, maxFen: 2_000_000_000 })
  receivedFen: number;
}

class RejectInput {
  @TextField({ description: '驳回原因', max: 300 })
  reason: string;
}

const undecided = ({ state }: PaymentBatch) => state === 'SUBMITTED';

/** 集体缴费: transfers that pay for what schools have locked, and the second person's decision (R-PA-9). */
@Injectable()
export class ShownPaymentBatches implements ShownNoun<PaymentBatch, Facts> {
  readonly id = 'payment-batches';
  readonly name = '集体缴费';
  readonly icon = 'DollarSign';
  readonly entity = PaymentBatch;
  readonly section = 'REGISTRATION';
  readonly seenBy = EVERY_ROLE;
  readonly exported = { by: EVERY_ROLE, numbers: 'MASKED' } as const;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<PaymentBatch, SubmitInput>({
      name: 'submit',
      label: '提交集体缴费',
      icon: 'Send',
      on: 'NOUN',
      roles: ['SCHOOL'],
      text: ({ user, reader }) => this.whatCanBePaid(user, reader),
      decidedOn: ({ user, reader }) => this.whichCanBePaid(user, reader),
      input: SubmitInput,
      fields: [
        {
          name: 'kind',
          label: '类型',
          kind: 'CHOICE',
          required: true,
          choices: choicesOf(KIND_WORDS),
          help: '口试须在同级别笔试支付后提交。',
        },
        {
          name: 'amountFen',
          label: '转账金额（元）',
          kind: 'YUAN',
          required: true,
          help: '须与该类型可缴费科目的合计一致。',
        },
        { name: 'transferReference', label: '银行转账凭证号', kind: 'TEXT', required: true, maxLength: 60 },
        {
          name: 'reportForm',
          label: '成绩报告单',
          kind: 'CHOICE',
          required: true,
          choices: choicesOf(REPORT_FORMS),
          help: '用于考生自己没有选择的笔试科目；考生在成绩发布后可在规定时间内修改。',
        },
      ],
      done: '集体缴费已提交，等待省级承办机构或教育考试院审核',
      run: (input, { user, asShown }) => this.submit.execute({ ...input, asShown }, user.actor),
    }),
    nounAction<PaymentBatch, ApproveInput>({
      name: 'approve',
      label: '审核通过',
      icon: 'CheckCircle',
      on: 'ROW',
      roles: ['PROVINCE', 'CENTRAL'],
      when: undecided,
      text: ({ row }) =>
        `请对照银行流水核对：凭证号 ${row.transferReference}，应到账 ${yuanAmount(row.amountFen)} 元，${row.lineCount} 科。通过后这些科目即为已支付，不能撤销。`,
      input: ApproveInput,
      fields: [
        {
          name: 'receivedFen',
          label: '银行流水上的到账金额（元）',
          kind: 'YUAN',
          required: true,
        },
      ],
      confirm: '确定款项已全额到账，审核通过吗？',
      done: '已审核通过，正在逐一入账',
      run: ({ receivedFen }, { row, user, asShown }) =>
        this.decide.approve({ batchId: row.id, receivedFen, asShown }, user.actor),
    }),
    nounAction<PaymentBatch, RejectInput>({
      name: 'reject',
      label: '驳回',
      icon: 'XCircle',
      on: 'ROW',
      roles: ['PROVINCE', 'CENTRAL'],
      when: undecided,
      text: '驳回后这些科目仍为锁定、未支付，学校可以重新提交。',
      input: RejectInput,
      fields: [{ name: 'reason', label: '驳回原因', kind: 'LONG_TEXT', required: true, maxLength: 300 }],
      done: '批次已驳回',
      run: ({ reason }, { row, user, asShown }) =>
        this.decide.reject({ batchId: row.id, reason, asShown }, user.actor),
    }),
    nounAction<PaymentBatch>({
      name: 'withdraw',
      label: '撤回',
      icon: 'CornerUpLeft',
      on: 'ROW',
      roles: ['SCHOOL'],
      when: undecided,
      text: '撤回后这些科目仍为锁定、未支付，可以重新提交或解除锁定。',
      done: '批次已撤回',
      run: (_input, { row, user, asShown }) => this.decide.withdraw({ batchId: row.id, asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly staff: StaffRepository,
    private readonly batches: PaymentBatchRepository,
    private readonly payable: LoadPayableEnrolments,
    private readonly submit: SubmitPaymentBatch,
    private readonly decide: DecidePaymentBatch,
  ) {}

  async gather(rows: readonly PaymentBatch[], reader: Reader): Promise<Facts> {
    const [sittings, staffNames, schools, outcomes] = await Promise.all([
      this.sittings.all(reader),
      this.staff.names(
        reader,
        rows.flatMap(({ submittedBy, decidedBy }) => [submittedBy, decidedBy ?? []].flat()),
      ),
      this.schools.schools(
        reader,
        rows.map(({ schoolCode }) => schoolCode),
      ),
      this.batches.outcomes(
        reader,
        rows.map(({ id }) => id),
      ),
    ]);
    return {
      sittingNames: new Map(sittings.map(({ id, name }) => [id, name])),
      schoolNames: new Map(schools.map(({ code, name }) => [code, name])),
      staffNames,
      outcomes,
    };
  }

  /** Before the form: what a transfer could pay for now, of each kind, and what it could not, and why. */
  private async whatCanBePaid({ actor }: PanelUser, reader: Reader): Promise<string> {
    const sitting = await this.sittings.current(reader);
    const texts: string[] = [];
    for (const kind of EXAM_KINDS) {
      const of = { sitting, schoolCode: actor.schoolCode ?? '', kind };
      const { payable, totalFen, leftOut } = await this.payable.of(reader, of);
      const reasons = [...new Set(leftOut.map(({ reason }) => reason))].map((reason) => {
        const count = leftOut.filter((one) => one.reason === reason).length;
        return `${allRefusals().get(reason)?.definition.title.zh ?? reason} ${count} 科`;
      });
      texts.push(
        `${KIND_WORDS[kind]!.label}：可缴费 ${payable.length} 科，合计 ${yuanAmount(totalFen)} 元${reasons.length > 0 ? `（另有已锁定但暂不能缴费的：${reasons.join('，')}）` : ''}。`,
      );
    }
    return `将本校已锁定、未支付的科目一次转账缴清。${texts.join('')}提交后由省级承办机构或教育考试院的另一人核对到账后审核，审核通过才算支付。`;
  }

  /** The subjects themselves: others may come to the same number and the same amount. */
  private async whichCanBePaid({ actor }: PanelUser, reader: Reader): Promise<string[]> {
    const sitting = await this.sittings.current(reader);
    const ids: string[] = [];
    for (const kind of EXAM_KINDS) {
      const of = { sitting, schoolCode: actor.schoolCode ?? '', kind };
      for (const { id, subjectCode, feeFen } of (await this.payable.of(reader, of)).payable)
        ids.push(`${id} ${subjectCode} ${feeFen}`);
    }
    return ids.sort();
  }
}
