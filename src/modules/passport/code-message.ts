import type { NewMessage } from '../notification/index.js';
import type { Contact } from './contact.rules.js';
import { CODE_MINUTES, type CodePurpose } from './one-time-code.rules.js';

const FOR: Readonly<Record<CodePurpose, string>> = {
  REGISTER: '注册通行证账号',
  BIND_PHONE: '绑定手机号',
  BIND_EMAIL: '绑定邮箱',
  RESET_PASSWORD: '重置通行证密码',
  FIRST_SIGN_IN: '首次登录通行证并修改初始密码',
};

/** The message that carries a code. */
export function codeMessage(contact: Contact, purpose: CodePurpose, code: string): NewMessage {
  const { channel, target } = contact;
  const sentence = `您正在${FOR[purpose]}，验证码为 ${code}，${CODE_MINUTES} 分钟内有效。请勿告诉他人；如非本人操作，请忽略。`;
  return {
    channel,
    recipient: target,
    template: 'passport.code',
    ...(channel === 'EMAIL' ? { subject: '全国大学英语四、六级考试报名：验证码' } : {}),
    body: channel === 'SMS' ? `【CET报名】${sentence}` : sentence,
  };
}
