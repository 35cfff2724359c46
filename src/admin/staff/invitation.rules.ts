import { refusal } from '../../kernel/domain-error.js';

export const INVITATION_GONE = refusal(
  'INVITATION_GONE',
  404,
  { zh: '邀请链接已失效', en: 'The invitation is gone' },
  {
    zh: '该链接已使用、已过期，或已被新的链接取代。请联系发送邀请的管理员重新获取。',
    en: 'The link was used, has expired, or was replaced by a newer one. Ask whoever sent it for another.',
  },
);
/** R-AD: a link is good once, for some days, and only the newest. @throws INVITATION_GONE */
export function theInvitationStands<S extends { invitationExpiresAt: Date | null; disabledAt: Date | null }>(
  invited: S | null,
  now: Date,
): asserts invited is S {
  const stands = invited?.invitationExpiresAt && invited.invitationExpiresAt > now && !invited.disabledAt;
  if (!stands) throw INVITATION_GONE();
}

export const PASSWORDS_UNLIKE = refusal(
  'PASSWORDS_UNLIKE',
  422,
  { zh: '两次输入的密码不一致', en: 'The passwords differ' },
  { zh: '两次输入的密码不一致，请重新输入。', en: 'Type the same password twice.' },
  'repeated',
);
/** Nobody is locked out by a slip of the finger. @throws PASSWORDS_UNLIKE */
export function thePasswordWasTypedTwice(password: string, repeated: string): void {
  if (password !== repeated) throw PASSWORDS_UNLIKE();
}
