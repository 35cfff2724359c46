import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { maskDocumentNumber, maskPhone, normaliseDocumentNumber } from '../../kernel/document-number.js';
import { yuanAmount } from '../../kernel/money.js';
import { normaliseName } from '../../kernel/person-name.js';
import { SUBJECTS } from '../../kernel/words.js';
import { DecideOwnerChange, OwnerChange, type OwnerProof } from '../../modules/ownership/index.js';
import { type Account, AccountRepository } from '../../modules/passport/index.js';
import { PaymentOrderRepository, ShowOrderRecords } from '../../modules/payment/index.js';
import { EnrolmentRepository, WaitlistEntryRepository } from '../../modules/registration/index.js';
import { SchoolRepository, SittingRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { TextField } from '../../platform/http/fields.js';
import { type About, nounAction } from '../panel/noun-action.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { StaffRepository } from '../staff/staff.repository.js';
import { holderName } from './account-holder.js';
import { sittingFilter } from './sitting-filter.js';
import { trimmed } from './subject-columns.js';

interface Facts {
  readonly sittingNames: ReadonlyMap<string, string>;
  readonly schoolNames: ReadonlyMap<string, string>;
  readonly staffNames: ReadonlyMap<string, string>;
  readonly accounts: ReadonlyMap<string, Account>;
}

const KINDS: Words = {
  RELEASE: { label: '解除绑定' },
  MOVE: { label: '移交报名信息' },
  RESET: { label: '重置登录账号' },
};
const STATES: Words = {
  REQUESTED: { label: '待确认', colour: 'danger' },
  DONE: { label: '已完成', colour: 'success' },
  REJECTED: { label: '已驳回' },
  WITHDRAWN: { label: '已撤回' },
};
const PROOFS: Readonly<Record<OwnerProof, string>> = {
  ROSTER_PHONE: '绑定的手机与学籍一致',
  IN_PERSON: '当面核验证件，且该账号查询过考生本人的资格信息',
};

const COLUMNS: readonly ShownColumn<OwnerChange, Facts>[] = [
  {
    name: 'requestedAt',
    label: '提交时间',
    on: ['list', 'show'],
    text: ({ requestedAt }) => toShanghaiText(requestedAt),
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
    search: { by: 'WHOLE', normalise: trimmed },
  },
  {
    name: 'name',
    label: '姓名',
    on: ['list', 'show'],
    text: ({ name }) => name,
    path: 'name',
    search: { by: 'PART', normalise: normaliseName },
    link: ({ registrationId }) =>
      registrationId ? { noun: 'registrations', id: registrationId } : undefined,
  },
  {
    name: 'documentNumber',
    label: '证件号码',
    on: ['list', 'show'],
    text: ({ documentNumber }) => documentNumber,
    mask: maskDocumentNumber,
    path: 'documentNumber',
    search: { by: 'WHOLE', normalise: normaliseDocumentNumber },
  },
  {
    name: 'kind',
    label: '事项',
    on: ['list', 'show'],
    text: ({ kind }) => kind,
    path: 'kind',
    search: { by: 'WORD', words: KINDS },
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
    name: 'from',
    label: '原账号',
    on: ['show'],
    text: ({ fromAccountId }, { accounts }) => nameOf(accounts.get(fromAccountId)),
  },
  {
    name: 'to',
    label: '考生本人账号',
    on: ['show'],
    text: ({ toAccountId }, { accounts }) => nameOf(accounts.get(toAccountId ?? '')),
  },
  {
    name: 'proof',
    label: '确认本人的依据',
    on: ['show'],
    text: ({ proof }) => proof && PROOFS[proof],
  },
  {
    name: 'phone',
    label: '记入学籍的手机',
    on: ['show'],
    text: ({ phone }) => phone && maskPhone(phone),
  },
  { name: 'reason', label: '原因', on: ['list', 'show'], text: ({ reason }) => reason },
  {
    name: 'requestedBy',
    label: '提交人',
    on: ['list', 'show'],
    text: ({ requestedBy }, { staffNames }) => staffNames.get(requestedBy),
  },
  {
    name: 'decidedBy',
    label: '确认人',
    on: ['show'],
    text: ({ decidedBy }, { staffNames }) => decidedBy && staffNames.get(decidedBy),
  },
  {
    name: 'decidedAt',
    label: '处理时间',
    on: ['show'],
    text: ({ decidedAt }) => decidedAt && toShanghaiText(decidedAt),
  },
  {
    name: 'decisionReason',
    label: '驳回原因',
    on: ['show'],
    text: ({ decisionReason }) => decisionReason,
  },
  sittingFilter(),
];

function nameOf(account: Account | undefined): string | undefined {
  return account && holderName(account);
}

class RejectInput {
  @TextField({ description: '驳回原因', max: 300 })
  reason: string;
}

const undecided = ({ state }: OwnerChange) => state === 'REQUESTED';

/** 报名归属: registrations and accounts that a school takes from whoever held them, and the second person's decision. */
@Injectable()
export class ShownOwnerChanges implements ShownNoun<OwnerChange, Facts> {
  readonly id = 'owner-changes';
  readonly name = '报名归属';
  readonly icon = 'Shield';
  readonly entity = OwnerChange;
  readonly section = 'REGISTRATION';
  readonly seenBy = EVERY_ROLE;
  readonly exported = { by: EVERY_ROLE, numbers: 'MASKED' } as const;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<OwnerChange>({
      name: 'confirm',
      label: '确认',
      icon: 'CheckCircle',
      on: 'ROW',
      roles: ['SCHOOL', 'PROVINCE', 'CENTRAL'],
      when: (row, { actor }) => undecided(row) && row.requestedBy !== actor.staffId,
      text: (about) => this.whatConfirmingDoes(about),
      decidedOn: ({ row, reader }) => this.holdings(row, reader),
      confirm: '确认后立即生效，不能撤销。确定要确认吗？',
      done: '已确认，并已通知账号持有人',
      run: (_input, { row, user, asShown }) => this.decide.confirm({ changeId: row.id, asShown }, user.actor),
    }),
    nounAction<OwnerChange, RejectInput>({
      name: 'reject',
      label: '驳回',
      icon: 'XCircle',
      on: 'ROW',
      roles: ['SCHOOL', 'PROVINCE', 'CENTRAL'],
      when: (row, { actor }) => undecided(row) && row.requestedBy !== actor.staffId,
      text: '驳回后报名信息和账号都保持不变，可以重新提交申请。',
      input: RejectInput,
      fields: [{ name: 'reason', label: '驳回原因', kind: 'LONG_TEXT', required: true, maxLength: 300 }],
      done: '申请已驳回',
      run: ({ reason }, { row, user, asShown }) =>
        this.decide.reject({ changeId: row.id, reason, asShown }, user.actor),
    }),
    nounAction<OwnerChange>({
      name: 'withdraw',
      label: '撤回',
      icon: 'CornerUpLeft',
      on: 'ROW',
      roles: ['SCHOOL'],
      when: undecided,
      text: '撤回后报名信息和账号都保持不变，可以重新提交申请。',
      done: '申请已撤回',
      run: (_input, { row, user, asShown }) =>
        this.decide.withdraw({ changeId: row.id, asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly staff: StaffRepository,
    private readonly accounts: AccountRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly entries: WaitlistEntryRepository,
    private readonly orders: PaymentOrderRepository,
    private readonly orderRecords: ShowOrderRecords,
    private readonly decide: DecideOwnerChange,
  ) {}

  async gather(rows: readonly OwnerChange[], reader: Reader): Promise<Facts> {
    const [sittings, schools, staffNames, accounts] = await Promise.all([
      this.sittings.all(reader),
      this.schools.schools(
        reader,
        rows.map(({ schoolCode }) => schoolCode),
      ),
      this.staff.names(
        reader,
        rows.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy ?? []].flat()),
      ),
      this.accounts.rows(
        reader,
        rows.flatMap(({ fromAccountId, toAccountId }) => [fromAccountId, toAccountId ?? []].flat()),
      ),
    ]);
    return {
      sittingNames: new Map(sittings.map(({ id, name }) => [id, name])),
      schoolNames: new Map(schools.map(({ code, name }) => [code, name])),
      staffNames,
      accounts,
    };
  }

  /** Before the form: whom it is about, what goes from whom to whom, and who paid. */
  private async whatConfirmingDoes({ row, reader }: About<OwnerChange>): Promise<string> {
    const { name, documentNumber, kind, reason, proof, toAccountId, fromAccountId } = row;
    const accounts = await this.accounts.rows(reader, [fromAccountId, toAccountId ?? ''].filter(Boolean));
    const { subjects, queues, payments } = await this.holdings(row, reader);
    const held =
      [...subjects, ...queues.map((queue) => `候补 ${queue}`)].join('、') || '没有报考或候补的科目';
    const paid = payments.length > 0 ? `已付订单：${payments.join('；')}。` : '没有已付的订单。';
    const who = `考生 ${name}（证件号码 ${maskDocumentNumber(documentNumber)}）。原账号：${nameOf(accounts.get(fromAccountId)) ?? '—'}。`;
    const what =
      kind === 'MOVE'
        ? `报名信息（${held}）连同其中的全部内容移交给考生本人账号：${nameOf(accounts.get(toAccountId ?? '')) ?? '—'}；依据：${proof ? PROOFS[proof] : '—'}。已付的费用不退给原付款人。`
        : `该账号恢复为初始密码，绑定的手机和邮箱解除，已登录的全部退出；账号中的报名信息（${held}）保持不变，只有收到学籍中手机验证码的人才能登录。`;
    return `${who}${what}${paid}提交原因：${reason}。请核对后再确认。`;
  }

  private async holdings({ registrationId }: OwnerChange, reader: Reader) {
    if (registrationId === null) return { subjects: [], queues: [], payments: [] };
    const held = await this.enrolments.liveOf(reader, registrationId);
    const waiting = await this.entries.waitingOf(reader, registrationId);
    const orders = await this.orders.paidOf(reader, registrationId);
    const records = await this.orderRecords.of(reader, orders);
    return {
      subjects: held.map(
        ({ subjectCode, state }) =>
          `${SUBJECTS[subjectCode].name}（${state === 'PAID' ? '已支付' : '未支付'}）`,
      ),
      queues: waiting.map(({ subjectCode }) => SUBJECTS[subjectCode].name),
      payments: orders.map(
        ({ id, payerName, amountFen, paidAt }) =>
          `${payerName} ${yuanAmount(amountFen)} 元，${records.get(id)?.methodName ?? '—'}，${paidAt ? toShanghaiText(paidAt) : '—'}`,
      ),
    };
  }
}
