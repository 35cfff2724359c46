import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { TextField } from '../../platform/http/fields.js';
import { COMPONENTS } from '../components.js';
import { EVERY_ROLE, type PanelUser } from '../panel/panel-user.js';
import { type Tool, toolVerb } from '../panel/tool.js';
import { ChangeStaffPassword } from '../staff/change-staff-password.use-case.js';
import { OwnSessions } from '../staff/own-sessions.use-case.js';
import { SetUpTotp } from '../staff/set-up-totp.use-case.js';
import { StaffRepository } from '../staff/staff.repository.js';

class ChangePasswordInput {
  @TextField({ description: '当前密码', max: 200 })
  currentPassword: string;
  @TextField({ description: '新密码', max: 200 })
  password: string;
  @TextField({ description: '新密码，再输入一次', max: 200 })
  repeated: string;
}

class CurrentPasswordInput {
  @TextField({ description: '当前密码', max: 200 })
  currentPassword: string;
}

class CodeInput {
  @TextField({ description: '动态口令', max: 20 })
  code: string;
}

class DropTotpInput {
  @TextField({ description: '当前密码', max: 200 })
  currentPassword: string;
  @TextField({ description: '动态口令或恢复码', max: 20 })
  code: string;
}

class SessionInput {
  @TextField({ description: '会话', max: 128 })
  id: string;
}

/** What the page shows. */
export interface MyAccount {
  readonly login: string;
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly totpSince?: string;
  readonly recoveryCodesLeft: number;
  readonly sessions: readonly {
    readonly id: string;
    readonly browser: string;
    readonly address: string;
    readonly createdAt: string;
    readonly current: boolean;
  }[];
}

/** 我的账号: one's own password, phone codes and sessions. */
@Injectable()
export class MyAccountTool implements Tool {
  readonly id = 'my-account';
  readonly name = '我的账号';
  readonly icon = 'User';
  readonly section = 'OFFICE';
  readonly component = COMPONENTS.myAccount;
  readonly roles = EVERY_ROLE;
  readonly verbs = [
    toolVerb({ name: 'show', run: (_input, { user }) => this.show(user) }),
    toolVerb<ChangePasswordInput>({
      name: 'changePassword',
      input: ChangePasswordInput,
      run: (input, { user }) => this.changePassword.execute(input, user.actor, user.sessionId),
    }),
    toolVerb<CurrentPasswordInput>({
      name: 'beginTotp',
      input: CurrentPasswordInput,
      run: (input, { user }) => this.totp.begin(input, user.actor),
    }),
    toolVerb<CodeInput>({
      name: 'confirmTotp',
      input: CodeInput,
      run: (input, { user }) => this.totp.confirm(input, user.actor),
    }),
    toolVerb<DropTotpInput>({
      name: 'dropTotp',
      input: DropTotpInput,
      run: (input, { user }) => this.totp.drop(input, user.actor),
    }),
    toolVerb<SessionInput>({
      name: 'endSession',
      input: SessionInput,
      run: ({ id }, { user }) => this.sessions.end(id, user.actor),
    }),
    toolVerb({
      name: 'endOtherSessions',
      run: (_input, { user }) => this.sessions.endOthers(user.sessionId, user.actor),
    }),
  ];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffRepository,
    private readonly changePassword: ChangeStaffPassword,
    private readonly totp: SetUpTotp,
    private readonly sessions: OwnSessions,
  ) {}

  private async show({ actor, title, sessionId }: PanelUser): Promise<MyAccount> {
    const staff = (await this.staff.byId(this.unitOfWork.read(), actor.staffId))!;
    const sessions = await this.sessions.list(actor);
    return {
      login: staff.login,
      name: staff.name,
      title,
      email: staff.email ?? '未填写',
      ...(staff.totpSince ? { totpSince: toShanghaiText(staff.totpSince) } : {}),
      recoveryCodesLeft: staff.recoveryCodeHashes?.length ?? 0,
      sessions: sessions.map(({ id, browser, address, createdAt }) => ({
        id,
        browser: browserName(browser),
        address: address ?? '—',
        createdAt: toShanghaiText(createdAt),
        current: id === sessionId,
      })),
    };
  }
}

const BROWSERS = [
  [/Edg\//, 'Edge 浏览器'],
  [/MicroMessenger/, '微信'],
  [/Firefox\//, '火狐浏览器'],
  [/Chrome\//, '谷歌内核浏览器'],
  [/Safari\//, '苹果浏览器'],
] as const;
const SYSTEMS = [
  [/Android/, '安卓'],
  [/iPhone|iPad/, '苹果手机或平板'],
  [/Windows/, 'Windows 电脑'],
  [/Macintosh/, '苹果电脑'],
  [/Linux/, 'Linux 电脑'],
] as const;

/** A browser as people call it, from what it says of itself. */
function browserName(userAgent: string | null): string {
  const found = (names: readonly (readonly [RegExp, string])[]) =>
    names.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  return [found(BROWSERS) ?? '未知浏览器', found(SYSTEMS)].filter(Boolean).join('，');
}
