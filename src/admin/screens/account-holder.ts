import { toShanghaiText } from '../../kernel/clock.js';
import { maskEmail, maskPhone } from '../../kernel/document-number.js';
import type { Account } from '../../modules/passport/index.js';

/** 通行证账号, as staff read whose it is: contacts masked, and since when it has what. */

/** `138****1234（2026-11-21 09:00 绑定）` */
export function boundPhone({ phone, phoneBoundAt }: Account): string | undefined {
  if (phone === null) return undefined;
  return phoneBoundAt === null
    ? maskPhone(phone)
    : `${maskPhone(phone)}（${toShanghaiText(phoneBoundAt)} 绑定）`;
}

/** `li***@example.edu.cn（已验证）` */
export function knownEmail({ email, emailVerifiedAt }: Account): string | undefined {
  if (email === null) return undefined;
  return `${maskEmail(email)}（${emailVerifiedAt === null ? '未验证' : '已验证'}）`;
}

/** How it came to be, and whether anybody has come into it yet. */
export function origin({
  openedBySchoolCode,
  createdAt,
  passwordMustChange,
  passwordChosenAt,
  resetAt,
}: Account): string {
  const opened = openedBySchoolCode === null ? '本人注册' : `学校（${openedBySchoolCode}）集体报名时开通`;
  const chosen =
    passwordChosenAt && openedBySchoolCode !== null
      ? `，${toShanghaiText(passwordChosenAt)} 修改初始密码`
      : '';
  const reset = resetAt ? `，${toShanghaiText(resetAt)} 由学校重置` : '';
  return `${toShanghaiText(createdAt)} ${opened}${reset}${passwordMustChange ? '，初始密码未修改' : chosen}`;
}

/** In a sentence: by what it can be told from others. */
export function holderName(account: Account): string {
  const contacts = [
    account.phone && `手机 ${maskPhone(account.phone)}`,
    account.email && `邮箱 ${maskEmail(account.email)}`,
  ];
  const known = contacts.filter(Boolean).join('，');
  return `${known || '未绑定手机和邮箱'}，${origin(account)}`;
}
