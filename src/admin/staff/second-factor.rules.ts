import { refusal } from '../../kernel/domain-error.js';

export const STAFF_CODE_WRONG = refusal(
  'STAFF_CODE_WRONG',
  401,
  { zh: '动态口令不正确', en: 'Wrong code' },
  {
    zh: '动态口令不正确或已使用过。请等待应用显示下一个口令后再试；手机不在身边可使用恢复码。',
    en: 'The code is wrong, or was used before. Wait for the next one, or use a recovery code.',
  },
  'code',
);
/** A code opens once: who looked over a shoulder cannot use it again. @throws STAFF_CODE_WRONG */
export function theCodeIsRightAndNew(right: boolean): void {
  if (!right) throw STAFF_CODE_WRONG();
}

export const TOTP_ALREADY_ON = refusal(
  'TOTP_ALREADY_ON',
  409,
  { zh: '动态口令已启用', en: 'Already on' },
  { zh: '动态口令已启用；如需更换手机，请先停用再重新启用。', en: 'Turn it off first to set it up anew.' },
);
/** A stolen session must not move the codes to another phone. @throws TOTP_ALREADY_ON */
export function noCodeIsAskedForYet({ totpSince }: { totpSince: Date | null }): void {
  if (totpSince !== null) throw TOTP_ALREADY_ON();
}

export const TOTP_NOT_BEGUN = refusal(
  'TOTP_NOT_BEGUN',
  409,
  { zh: '尚未开始设置', en: 'Not begun' },
  { zh: '请先点击“启用动态口令”并扫描二维码。', en: 'Begin setting it up first.' },
);
/** @throws TOTP_NOT_BEGUN */
export function aSecretIsSetUp({ totpSecret }: { totpSecret: string | null }): void {
  if (totpSecret === null) throw TOTP_NOT_BEGUN();
}

export const STAFF_PASSWORD_WRONG = refusal(
  'STAFF_PASSWORD_WRONG',
  422,
  { zh: '当前密码不正确', en: 'Wrong password' },
  { zh: '当前密码不正确，请重新输入。', en: 'The current password is wrong.' },
  'currentPassword',
);
/** Whoever finds an open screen does not change what opens it. @throws STAFF_PASSWORD_WRONG */
export function theirCurrentPasswordIsRight(right: boolean): void {
  if (!right) throw STAFF_PASSWORD_WRONG();
}
