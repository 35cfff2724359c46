import { Injectable } from '@nestjs/common';
import type { StaffRole } from '../../kernel/actor.js';
import { toShanghaiText } from '../../kernel/clock.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { SchoolRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { CodeField, EnumField, TextField } from '../../platform/http/fields.js';
import { choicesOf, type FormField } from '../panel/form.js';
import { nounAction, type Outcome } from '../panel/noun-action.js';
import { STAFF_ROLES } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { AddStaff } from '../staff/add-staff.use-case.js';
import { DisableStaff } from '../staff/disable-staff.use-case.js';
import { EditStaff } from '../staff/edit-staff.use-case.js';
import type { Invitation } from '../staff/invitations.js';
import { InviteStaffAgain } from '../staff/invite-staff-again.use-case.js';
import { loginAsTyped } from '../staff/new-staff.rules.js';
import { SignInLocks } from '../staff/sign-in-locks.js';
import { Staff } from '../staff/staff.entity.js';
import { UnlockStaff } from '../staff/unlock-staff.use-case.js';
import { trimmed } from './subject-columns.js';

class AddStaffInput {
  @TextField({ description: '登录名', min: 3, max: 100, pattern: /^[A-Za-z0-9][A-Za-z0-9._@-]*$/ })
  login: string;
  @TextField({ description: '姓名', max: 100 })
  name: string;
  @EnumField({ description: '账号类别', values: Object.keys(STAFF_ROLES), name: 'StaffRole' })
  role: StaffRole;
  @CodeField({ description: '省份代码', min: 2, max: 2, optional: true })
  provinceCode?: string;
  @CodeField({ description: '学校代码', min: 5, max: 5, optional: true })
  schoolCode?: string;
  @TextField({ description: '邮箱', max: 300, optional: true })
  email?: string;
}

class EditStaffInput {
  @TextField({ description: '姓名', max: 100 })
  name: string;
  @TextField({ description: '邮箱', max: 300, optional: true })
  email?: string;
  @TextField({ description: '您的当前密码', max: 200, optional: true })
  currentPassword?: string;
}

interface Facts {
  readonly provinceNames: ReadonlyMap<string, string>;
  readonly schoolNames: ReadonlyMap<string, string>;
  /** By login. */
  readonly lockedUntil: ReadonlyMap<string, Date>;
}

const ROLES: Words = Object.fromEntries(
  Object.entries(STAFF_ROLES).map(([role, label]) => [role, { label, colour: 'default' as const }]),
);

const COLUMNS: readonly ShownColumn<Staff, Facts>[] = [
  {
    name: 'login',
    label: '登录名',
    on: ['list', 'show'],
    text: ({ login }) => login,
    path: 'login',
    search: { by: 'PART', normalise: loginAsTyped },
  },
  {
    name: 'name',
    label: '姓名',
    on: ['list', 'show'],
    text: ({ name }) => name,
    path: 'name',
    search: { by: 'PART', normalise: trimmed },
  },
  {
    name: 'role',
    label: '账号类别',
    on: ['list', 'show'],
    text: ({ role }) => role,
    path: 'role',
    search: { by: 'WORD', words: ROLES },
  },
  {
    name: 'place',
    label: '单位',
    on: ['list', 'show'],
    text: ({ role, provinceCode, schoolCode }, { provinceNames, schoolNames }) =>
      role === 'SCHOOL'
        ? (schoolNames.get(schoolCode ?? '') ?? schoolCode)
        : provinceCode && (provinceNames.get(provinceCode) ?? provinceCode),
  },
  {
    name: 'schoolCode',
    label: '学校代码',
    on: ['show'],
    text: ({ schoolCode }) => schoolCode,
    path: 'schoolCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  { name: 'email', label: '邮箱', on: ['show'], text: ({ email }) => email },
  {
    name: 'standing',
    label: '状态',
    on: ['list', 'show'],
    text: (staff, { lockedUntil }) => standing(staff, lockedUntil.get(staff.login)),
    // whoever types wrong passwords must not keep an account from being disabled
    settled: (staff) => standing(staff),
  },
  {
    name: 'totp',
    label: '动态口令',
    on: ['list', 'show'],
    text: ({ totpSince }) => (totpSince ? '已启用' : '未启用'),
  },
  {
    name: 'createdAt',
    label: '开通时间',
    on: ['list', 'show'],
    text: ({ createdAt }) => toShanghaiText(createdAt),
    path: 'createdAt',
    search: { by: 'DAYS' },
    sortable: true,
  },
];

function standing({ disabledAt, passwordHash, invitationExpiresAt }: Staff, lockedUntil?: Date): string {
  if (disabledAt) return `已停用（${toShanghaiText(disabledAt)}）`;
  if (lockedUntil) return `登录锁定至 ${toShanghaiText(lockedUntil)}`;
  if (passwordHash) return '正常';
  return invitationExpiresAt ? `待设置密码（链接有效至 ${toShanghaiText(invitationExpiresAt)}）` : '待邀请';
}

const FIELDS_OF_NEW: readonly FormField[] = [
  {
    name: 'login',
    label: '登录名',
    kind: 'TEXT',
    required: true,
    help: '3 个字符以上的字母、数字、点、横线或邮箱，不区分大小写，开通后不能修改。',
  },
  { name: 'name', label: '姓名', kind: 'TEXT', required: true },
  { name: 'role', label: '账号类别', kind: 'CHOICE', required: true, choices: choicesOf(STAFF_ROLES) },
  { name: 'provinceCode', label: '省份代码', kind: 'TEXT', help: '省级承办机构的账号填写，2 位。' },
  { name: 'schoolCode', label: '学校代码', kind: 'TEXT', help: '学校的账号填写，5 位。' },
  { name: 'email', label: '邮箱', kind: 'TEXT', help: '用于接收设置密码的链接，可以不填。' },
];

/** 工作人员: everybody's accounts; R-AD gives them to central staff alone. */
@Injectable()
export class ShownStaff implements ShownNoun<Staff, Facts> {
  readonly id = 'staff';
  readonly name = '工作人员';
  readonly icon = 'UserCheck';
  readonly section = 'OFFICE';
  readonly entity = Staff;
  readonly seenBy = ['CENTRAL'] as const;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<Staff, AddStaffInput>({
      name: 'add',
      label: '新增工作人员',
      icon: 'UserPlus',
      on: 'NOUN',
      roles: ['CENTRAL'],
      text: '新增后会生成一个设置密码的链接，7 天内有效，只能使用一次。填写邮箱的，链接发送到该邮箱；没有邮箱的，链接显示一次，请交给本人。',
      input: AddStaffInput,
      fields: FIELDS_OF_NEW,
      done: '账号已新增',
      run: async (input, { user }) => {
        const { invitation } = await this.add.execute(input, user.actor);
        return invited('账号已新增。', invitation!);
      },
    }),
    nounAction<Staff, EditStaffInput>({
      name: 'change',
      label: '修改',
      icon: 'Edit',
      on: 'ROW',
      roles: ['CENTRAL'],
      text: '账号类别和所属单位不能修改；调动的人员请停用原账号，另开新账号。',
      input: EditStaffInput,
      fields: [
        { name: 'name', label: '姓名', kind: 'TEXT', required: true },
        { name: 'email', label: '邮箱', kind: 'TEXT', help: '用于接收设置密码的链接，可以不填。' },
        {
          name: 'currentPassword',
          label: '您的当前密码',
          kind: 'SECRET',
          help: '修改邮箱时填写您本人的登录密码，只改姓名不用填写。修改后会通知原邮箱，发往原邮箱的链接失效。',
        },
      ],
      initial: ({ row }) => ({ name: row.name, email: row.email }),
      done: '账号信息已修改',
      run: async (input, { row, user, asShown }) => {
        const { invitationEnded } = await this.edit.execute({ id: row.id, ...input, asShown }, user.actor);
        return invitationEnded
          ? { message: '账号信息已修改，原设置密码链接已失效。请用“重置密码”生成新的链接。' }
          : undefined;
      },
    }),
    nounAction<Staff>({
      name: 'inviteAgain',
      label: '重置密码',
      icon: 'Key',
      on: 'ROW',
      roles: ['CENTRAL'],
      when: ({ id, disabledAt }, { actor }) => id !== actor.staffId && disabledAt === null,
      text: ({ row }) =>
        `为${row.name}（${row.login}）生成新的设置密码链接。原密码、动态口令和已登录的会话立即失效。`,
      confirm: '原密码和动态口令将立即失效，该账号会从所有设备退出。',
      done: '已生成新的链接',
      run: async (_input, { row, user, asShown }) =>
        invited('原密码已失效。', await this.inviteAgain.execute({ id: row.id, asShown }, user.actor)),
    }),
    nounAction<Staff>({
      name: 'unlock',
      label: '解除登录锁定',
      icon: 'Unlock',
      on: 'ROW',
      roles: ['CENTRAL'],
      text: ({ row }) => `${row.name}（${row.login}）可以立即重新尝试登录。`,
      done: '登录锁定已解除',
      run: (_input, { row, user, asShown }) => this.unlock.execute({ id: row.id, asShown }, user.actor),
    }),
    nounAction<Staff>({
      name: 'disable',
      label: '停用',
      icon: 'Slash',
      on: 'ROW',
      roles: ['CENTRAL'],
      when: ({ id, disabledAt }, { actor }) => disabledAt === null && id !== actor.staffId,
      text: ({ row }) => `停用 ${row.name}（${row.login}）的账号。`,
      confirm: '停用后该账号不能登录，已登录的会话立即失效。以后可以重新启用。',
      done: '账号已停用',
      run: (_input, { row, user, asShown }) =>
        this.disable.execute({ id: row.id, disabled: true, asShown }, user.actor),
    }),
    nounAction<Staff>({
      name: 'enable',
      label: '启用',
      icon: 'Check',
      on: 'ROW',
      roles: ['CENTRAL'],
      when: ({ disabledAt }) => disabledAt !== null,
      text: ({ row }) => `重新启用 ${row.name}（${row.login}）的账号，密码不变。`,
      done: '账号已启用',
      run: (_input, { row, user, asShown }) =>
        this.disable.execute({ id: row.id, disabled: false, asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly schools: SchoolRepository,
    private readonly locks: SignInLocks,
    private readonly add: AddStaff,
    private readonly edit: EditStaff,
    private readonly inviteAgain: InviteStaffAgain,
    private readonly unlock: UnlockStaff,
    private readonly disable: DisableStaff,
  ) {}

  async gather(rows: readonly Staff[], reader: Reader): Promise<Facts> {
    const schoolCodes = rows.map(({ schoolCode }) => schoolCode).filter((code) => code !== null);
    const [provinceNames, schools, lockedUntil] = await Promise.all([
      this.schools.provinceNames(reader),
      this.schools.schools(reader, schoolCodes),
      this.locks.lockedUntil(
        reader,
        rows.map(({ login }) => login),
      ),
    ]);
    return {
      provinceNames,
      schoolNames: new Map(schools.map(({ code, name }) => [code, name])),
      lockedUntil,
    };
  }
}

function invited(done: string, invitation: Invitation): Outcome {
  const until = toShanghaiText(invitation.expiresAt);
  if (invitation.mailed)
    return { message: `${done}设置密码的链接已发送到登记的邮箱，有效期至 ${until}，使用一次后失效。` };
  return {
    message: `${done}请把下面的链接交给本人，有效期至 ${until}。链接只显示这一次，使用一次后失效。`,
    facts: [{ label: '设置密码的链接', value: invitation.link, copy: true }],
  };
}
