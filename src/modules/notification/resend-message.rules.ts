import { refusal } from '../../kernel/domain-error.js';
import type { OutboxMessageState } from './outbox-message.machine.js';

/** Messages whose words open something: a code, an invitation. Only who they are for reads them. */
const CONFIDENTIAL: readonly string[] = ['passport.code', 'staff.invitation'];

/** May nobody but its recipient read this message? */
export function isConfidential({ template }: { template: string }): boolean {
  return CONFIDENTIAL.includes(template);
}

export const MESSAGE_CONFIDENTIAL = refusal(
  'MESSAGE_CONFIDENTIAL',
  409,
  { zh: '该消息不能重发', en: 'Not sent again' },
  {
    zh: '验证码和邀请链接不能重发，请收件人重新获取验证码，或重新生成邀请链接。',
    en: 'Codes and invitations are not sent again: have a new one made.',
  },
);
/** An old code is of no use to its recipient, only to somebody else. @throws MESSAGE_CONFIDENTIAL */
export function theMessageOpensNothing(message: { template: string }): void {
  if (isConfidential(message)) throw MESSAGE_CONFIDENTIAL();
}

export const MESSAGE_WAITING = refusal(
  'MESSAGE_WAITING',
  409,
  { zh: '消息正在等待发送', en: 'Still waiting' },
  {
    zh: '该消息正在等待发送，不需要重发，请稍后查看。',
    en: 'The message is about to be sent. Look again later.',
  },
);
/** @throws MESSAGE_WAITING */
export function theMessageIsDoneWith({ state }: { state: OutboxMessageState }): void {
  if (state === 'WAITING') throw MESSAGE_WAITING();
}
