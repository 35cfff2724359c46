import { maskEmail, maskPhone } from '../../kernel/document-number.js';
import type { NewMessage } from '../notification/index.js';
import type { Account } from './account.entity.js';
import type { Contact } from './contact.rules.js';

/** Where an account's owner has shown to be reached. */
export function provenContacts({
  phone,
  email,
  emailVerifiedAt,
}: Pick<Account, 'phone' | 'email' | 'emailVerifiedAt'>): Contact[] {
  return [
    ...(phone === null ? [] : [{ channel: 'SMS' as const, target: phone }]),
    ...(email === null || emailVerifiedAt === null ? [] : [{ channel: 'EMAIL' as const, target: email }]),
  ];
}

/** For whoever was reached before: the new one is shown masked. */
export function contactChangedMessage(to: Contact, now: Contact): NewMessage {
  const what = now.channel === 'SMS' ? `手机号 ${maskPhone(now.target)}` : `邮箱 ${maskEmail(now.target)}`;
  const old = { SMS: '手机号', EMAIL: '邮箱' }[to.channel];
  const replaced = to.channel === now.channel ? `，不再使用本${old}` : '';
  return message(to, {
    template: 'passport.contact-changed',
    subject: '通行证账号的联系方式已变更',
    sentences: [
      `您的通行证账号已绑定${what}${replaced}，其他设备上的登录已退出。`,
      '如非本人操作，请立即重置密码，或联系所在学校。',
    ],
  });
}

/** For the other contact of an account whose password was reset by one. */
export function passwordResetMessage(to: Contact, by: Contact): NewMessage {
  return message(to, {
    template: 'passport.password-reset',
    subject: '通行证账号的密码已重置',
    sentences: [
      `您的通行证账号的密码已通过${by.channel === 'SMS' ? '手机号' : '邮箱'}验证码重置，所有设备上的登录已退出。`,
      '如非本人操作，请立即重置密码，或联系所在学校。',
    ],
  });
}

/** For the phone of an account that went to whose address it had, never proven, all the time. */
export function phoneReleasedMessage(to: Contact): NewMessage {
  return message(to, {
    template: 'passport.phone-released',
    subject: '手机号已解绑',
    sentences: [
      '您用本手机号注册的通行证账号填写了未经验证的邮箱，该邮箱的主人已验证邮箱并重置密码，本手机号已解绑。',
      '如需报名，请用本手机号重新注册；如果那就是您的邮箱，请登录后重新绑定手机号。',
    ],
  });
}

/** For an address that was typed and never proven, where a code to reset a password is asked for. */
export function addressNotProvenMessage(to: Contact): NewMessage {
  return message(to, {
    template: 'passport.address-unproven',
    subject: '该邮箱不能用于重置密码',
    sentences: [
      '有人申请用本邮箱重置通行证账号的密码。填写本邮箱的账号没有验证过它，因此不能用它重置密码。',
      '如果是您本人，请用账号绑定的手机号重置密码，登录后再验证邮箱；您也可以用本邮箱注册新账号。如非本人操作，请忽略。',
    ],
  });
}

function message(
  { channel, target }: Contact,
  { template, subject, sentences }: { template: string; subject: string; sentences: string[] },
): NewMessage {
  const body = sentences.join('');
  const mail = { subject: `全国大学英语四、六级考试报名：${subject}`, body };
  const said = channel === 'EMAIL' ? mail : { body: `【CET报名】${body}` };
  return { channel, recipient: target, template, ...said };
}
