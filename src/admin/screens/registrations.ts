import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { maskDocumentNumber, normaliseDocumentNumber } from '../../kernel/document-number.js';
import { normaliseName } from '../../kernel/person-name.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { DOCUMENT_TYPES, EDUCATION_LEVELS, GENDERS, SUBJECTS } from '../../kernel/words.js';
import { ReleaseRegistration, RequestRegistrationMove } from '../../modules/ownership/index.js';
import { type Account, AccountRepository } from '../../modules/passport/index.js';
import { StudentRecordRepository } from '../../modules/qualification/index.js';
import { type Enrolment, Registration, WaitlistEntryRepository } from '../../modules/registration/index.js';
import { type CampusNames, SchoolRepository, SittingRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { BooleanField, TextField } from '../../platform/http/fields.js';
import { type About, nounAction } from '../panel/noun-action.js';
import { PanelRepository } from '../panel/panel.repository.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { boundPhone, holderName, knownEmail, origin } from './account-holder.js';
import { sittingFilter } from './sitting-filter.js';

interface Facts {
  /** By account. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** Where schools reach the students, by record. */
  readonly rosterPhones: ReadonlyMap<string, string | null>;
  readonly sittingNames: ReadonlyMap<string, string>;
  /** By campus code. */
  readonly places: ReadonlyMap<string, CampusNames>;
  /** By registration. */
  readonly enrolments: ReadonlyMap<string, readonly Enrolment[]>;
}

const STATES: Words = {
  ACTIVE: { label: '有效', colour: 'success' },
  DELETED: { label: '已删除', colour: 'default' },
};
const DELETION_CAUSES: Words = {
  CANDIDATE: { label: '考生删除' },
  EMPTY: { label: '逾期未报考科目' },
  RELEASED: { label: '学校解除绑定' },
};

const COLUMNS: readonly ShownColumn<Registration, Facts>[] = [
  {
    name: 'sitting',
    label: '考次',
    on: ['show'],
    text: ({ sittingId }, { sittingNames }) => sittingNames.get(sittingId),
  },
  {
    name: 'name',
    label: '姓名',
    on: ['list', 'show'],
    text: ({ details }) => details.name,
    path: 'details.name',
    search: { by: 'PART', normalise: normaliseName },
  },
  {
    name: 'documentType',
    label: '证件类型',
    on: ['show'],
    text: ({ details }) => DOCUMENT_TYPES[details.documentType],
  },
  {
    name: 'documentNumber',
    label: '证件号码',
    on: ['list', 'show'],
    text: ({ details }) => details.documentNumber,
    mask: maskDocumentNumber,
    path: 'details.documentNumber',
    search: { by: 'WHOLE', normalise: normaliseDocumentNumber },
  },
  { name: 'gender', label: '性别', on: ['show'], text: ({ details }) => GENDERS[details.gender] },
  {
    name: 'school',
    label: '学校',
    on: ['list', 'show'],
    text: ({ details }, { places }) => places.get(details.campusCode)?.school.name ?? details.schoolCode,
  },
  {
    name: 'schoolCode',
    label: '学校代码',
    on: ['show'],
    text: ({ details }) => details.schoolCode,
    path: 'details.schoolCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'campus',
    label: '校区',
    on: ['show'],
    text: ({ details }, { places }) => places.get(details.campusCode)?.campus.name ?? details.campusCode,
  },
  {
    name: 'campusCode',
    label: '校区代码',
    on: ['show'],
    text: ({ details }) => details.campusCode,
    path: 'details.campusCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'studentNumber',
    label: '学号',
    on: ['show'],
    text: ({ details }) => details.studentNumber,
    path: 'details.studentNumber',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'educationLevel',
    label: '学历',
    on: ['show'],
    text: ({ details }) => EDUCATION_LEVELS[details.educationLevel],
  },
  { name: 'duration', label: '学制', on: ['show'], text: ({ details }) => details.duration },
  { name: 'entryYear', label: '入学年份', on: ['show'], text: ({ details }) => details.entryYear },
  { name: 'grade', label: '年级', on: ['show'], text: ({ details }) => details.grade },
  { name: 'college', label: '院系', on: ['show'], text: ({ details }) => details.college },
  { name: 'major', label: '专业', on: ['show'], text: ({ details }) => details.major },
  { name: 'className', label: '班级', on: ['show'], text: ({ details }) => details.className },
  { name: 'remark', label: '备注', on: ['show'], text: ({ details }) => details.remark },
  {
    name: 'subjects',
    label: '报考科目',
    on: ['list', 'show'],
    text: ({ id }, { enrolments }) => enrolments.get(id)?.map(subjectText).join('\n'),
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
    name: 'createdAt',
    label: '确认时间',
    on: ['list', 'show'],
    text: ({ createdAt }) => toShanghaiText(createdAt),
    path: 'createdAt',
    search: { by: 'DAYS' },
    sortable: true,
  },
  {
    name: 'deletedAt',
    label: '删除时间',
    on: ['show'],
    text: ({ deletedAt }) => deletedAt && toShanghaiText(deletedAt),
    path: 'deletedAt',
    search: { by: 'DAYS' },
  },
  {
    name: 'deletedBecause',
    label: '删除原因',
    on: ['show'],
    text: ({ deletedBecause }) => deletedBecause,
    path: 'deletedBecause',
    search: { by: 'WORD', words: DELETION_CAUSES },
  },
  {
    name: 'account',
    label: '通行证账号',
    on: ['show'],
    text: ({ accountId }, { accounts }) => ofAccount(accounts.get(accountId), origin),
  },
  {
    name: 'accountPhone',
    label: '账号绑定的手机',
    on: ['show'],
    text: ({ accountId }, { accounts }) => ofAccount(accounts.get(accountId), boundPhone) ?? '未绑定',
  },
  {
    name: 'accountEmail',
    label: '账号的邮箱',
    on: ['show'],
    text: ({ accountId }, { accounts }) => ofAccount(accounts.get(accountId), knownEmail),
  },
  {
    name: 'phoneAgrees',
    label: '与学籍手机核对',
    on: ['show'],
    text: ({ accountId, recordId }, { accounts, rosterPhones }) =>
      phonesCompared(accounts.get(accountId)?.phone, rosterPhones.get(recordId)),
  },
  {
    name: 'ownerChanges',
    label: '归属记录',
    on: ['show'],
    text: () => '查看记录',
    link: ({ details }) => ({
      noun: 'owner-changes',
      filter: 'documentNumber',
      value: details.documentNumber,
    }),
  },
  sittingFilter(),
];

function ofAccount(
  account: Account | undefined,
  text: (account: Account) => string | undefined,
): string | undefined {
  return account && text(account);
}

/** Does the account's number say that the student holds it? */
function phonesCompared(bound: string | null | undefined, onRoster: string | null | undefined): string {
  if (!onRoster) return '学籍中没有手机';
  if (!bound) return '账号未绑定手机';
  return bound === onRoster ? '一致' : '不一致';
}

class ReleaseInput {
  @TextField({ description: '原因', max: 300 })
  reason: string;
  @TextField({ description: '考生本人手机', max: 40, optional: true })
  phone?: string;
}

class MoveInput {
  @TextField({ description: '考生本人账号绑定的手机', max: 40 })
  phone: string;
  @BooleanField({ description: '已当面核验考生本人证件', optional: true })
  inPerson?: boolean;
  @TextField({ description: '原因', max: 300 })
  reason: string;
}

const live = ({ state }: Registration) => state === 'ACTIVE';

function subjectText({ subjectCode, state }: Enrolment): string {
  return `${SUBJECTS[subjectCode].name}（${state === 'PAID' ? '已支付' : '未支付'}）`;
}

/** 报名信息, with the student as they were when it was made and the subjects it holds. */
@Injectable()
export class ShownRegistrations implements ShownNoun<Registration, Facts> {
  readonly id = 'registrations';
  readonly name = '报名信息';
  readonly icon = 'Users';
  readonly entity = Registration;
  readonly section = 'REGISTRATION';
  readonly seenBy = EVERY_ROLE;
  readonly exported = { by: EVERY_ROLE, numbers: 'IN_FULL_TO_SCHOOLS' } as const;
  readonly scopedBy = { provinceCode: 'details.provinceCode', schoolCode: 'details.schoolCode' };
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<Registration, ReleaseInput>({
      name: 'release',
      label: '解除绑定',
      icon: 'UserX',
      on: 'ROW',
      roles: ['SCHOOL'],
      when: live,
      text: (about) => this.whatReleasingDoes(about),
      decidedOn: ({ row, reader }) => this.holdings(row, reader),
      input: ReleaseInput,
      fields: [
        { name: 'reason', label: '原因', kind: 'LONG_TEXT', required: true, maxLength: 300 },
        {
          name: 'phone',
          label: '考生本人手机',
          kind: 'TEXT',
          maxLength: 40,
          help: '经核验的本人号码，可不填。填写后记入学籍，此后只有绑定了该号码的账号才能确认这名考生。',
        },
      ],
      confirm: '解除后不能恢复，退回的考位可能被其他考生报考。确定要解除绑定吗？',
      done: '已解除绑定，并已通知账号持有人',
      run: (input, { row, user, asShown }) =>
        this.releaseRegistration.execute({ registrationId: row.id, ...input, asShown }, user.actor),
    }),
    nounAction<Registration, MoveInput>({
      name: 'move',
      label: '移交报名信息',
      icon: 'UserCheck',
      on: 'ROW',
      roles: ['SCHOOL'],
      when: live,
      text: (about) => this.whatMovingDoes(about),
      decidedOn: ({ row, reader }) => this.holdings(row, reader),
      input: MoveInput,
      fields: [
        {
          name: 'phone',
          label: '考生本人账号绑定的手机',
          kind: 'TEXT',
          required: true,
          maxLength: 40,
          placeholder: '13800001234',
          help: '须与学籍中登记的手机一致；不一致的，须当面核验证件，并由考生先用该账号登录、查询本人的资格信息。',
        },
        { name: 'inPerson', label: '已当面核验考生本人证件', kind: 'FLAG' },
        { name: 'reason', label: '原因', kind: 'LONG_TEXT', required: true, maxLength: 300 },
      ],
      submit: '提交移交申请',
      done: '移交申请已提交，由另一位工作人员在“报名归属”中确认后移交',
      run: ({ inPerson = false, ...input }, { row, user, asShown }) =>
        this.requestMove
          .execute({ registrationId: row.id, inPerson, ...input, asShown }, user.actor)
          .then(() => undefined),
    }),
  ];

  constructor(
    private readonly accounts: AccountRepository,
    private readonly records: StudentRecordRepository,
    private readonly entries: WaitlistEntryRepository,
    private readonly releaseRegistration: ReleaseRegistration,
    private readonly requestMove: RequestRegistrationMove,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly panel: PanelRepository,
  ) {}

  async gather(rows: readonly Registration[], reader: Reader): Promise<Facts> {
    const campusCodes = rows.map(({ details }) => details.campusCode);
    const ids = rows.map(({ id }) => id);
    const [sittings, places, enrolments, accounts, records] = await Promise.all([
      this.sittings.all(reader),
      this.schools.names(reader, campusCodes),
      this.panel.liveEnrolments(reader, ids),
      this.accounts.rows(
        reader,
        rows.map(({ accountId }) => accountId),
      ),
      this.records.byIds(
        reader,
        rows.map(({ recordId }) => recordId),
      ),
    ]);
    const sittingNames = new Map(sittings.map(({ id, name }) => [id, name]));
    const rosterPhones = new Map(records.map(({ id, phone }) => [id, phone]));
    return { sittingNames, places, enrolments, accounts, rosterPhones };
  }

  private async whatReleasingDoes(about: About<Registration>): Promise<string> {
    const { who, held } = await this.whoHasWhat(about);
    return `${who}解除绑定后，这份报名信息即被删除：${held}。未支付的订单先在支付平台关闭，考位退回，候补结束。该账号此后不能用考生的证件号码登录，也不能再确认这名考生；考生本人可以用自己的账号重新确认报名，或由学校重新集体报名。已支付或正在集体缴费的，不能解除，请移交。`;
  }

  private async whatMovingDoes(about: About<Registration>): Promise<string> {
    const { who, held } = await this.whoHasWhat(about);
    return `${who}移交后，这份报名信息连同其中的全部内容归考生本人的账号：${held}，以及已付和未付的订单、成绩报告单选择、准考证和CET6资格复核。原账号不再持有，已付的费用不退给原付款人。须由本校另一位工作人员（或省级承办机构、教育考试院）确认后才会移交，双方都会收到通知。`;
  }

  /** Whom it is about, who holds it, and what. */
  private async whoHasWhat({ row, reader }: About<Registration>): Promise<{ who: string; held: string }> {
    const { name, documentNumber } = row.details;
    const account = (await this.accounts.rows(reader, [row.accountId])).get(row.accountId);
    const holder = account ? holderName(account) : '—';
    const { subjects, queues } = await this.holdings(row, reader);
    const held =
      [...subjects, ...queues.map((queue) => `候补 ${queue}`)].join('、') || '没有报考或候补的科目';
    return {
      who: `考生 ${name}（证件号码 ${maskDocumentNumber(documentNumber)}），现由以下通行证账号持有：${holder}。`,
      held,
    };
  }

  private async holdings({ id }: Registration, reader: Reader) {
    const enrolments = (await this.panel.liveEnrolments(reader, [id])).get(id) ?? [];
    const waiting = await this.entries.waitingOf(reader, id);
    return {
      subjects: enrolments.map(subjectText),
      queues: waiting.map(({ subjectCode }) => SUBJECTS[subjectCode].name),
    };
  }
}
