import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { maskEmail, maskPhone } from '../../kernel/document-number.js';
import { latin } from '../../kernel/same-to-the-eye.js';
import { Outbox, OutboxMessage, ResendMessage } from '../../modules/notification/index.js';
import { nounAction } from '../panel/noun-action.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';

/** What a message says; nothing for one that only its recipient may read. */
type Facts = (message: OutboxMessage) => string | undefined;

const CHANNELS: Words = { SMS: { label: '短信' }, EMAIL: { label: '邮件' } };
const STATES: Words = {
  WAITING: { label: '等待发送', colour: 'info' },
  SENT: { label: '已发送', colour: 'success' },
  KEPT: { label: '仅存档', colour: 'default' },
  FAILED: { label: '发送失败', colour: 'danger' },
};

/** What messages are about, by template; one that is missing here is shown by its own name. */
export const MESSAGE_TEMPLATES: Words = {
  'passport.code': { label: '验证码' },
  'passport.contact-changed': { label: '手机号或邮箱变更' },
  'passport.password-reset': { label: '密码重置' },
  'passport.phone-released': { label: '手机号解绑' },
  'passport.address-unproven': { label: '邮箱未验证' },
  'staff.invitation': { label: '工作人员邀请' },
  'staff.address-changed': { label: '工作人员邮箱变更' },
  'waitlist.allocated': { label: '候补成功' },
  'payment.success': { label: '支付成功' },
  'payment.due-back': { label: '集体缴费未能入账' },
  'cet6-review.decided': { label: 'CET6资格复核结果' },
  'ownership.released': { label: '报名绑定已解除' },
  'ownership.moved': { label: '报名信息已移交' },
  'ownership.reset': { label: '通行证账号已重置' },
};

const COLUMNS: readonly ShownColumn<OutboxMessage, Facts>[] = [
  {
    name: 'createdAt',
    label: '生成时间',
    on: ['list', 'show'],
    text: ({ createdAt }) => toShanghaiText(createdAt),
    path: 'createdAt',
    search: { by: 'DAYS' },
    sortable: true,
  },
  {
    name: 'channel',
    label: '渠道',
    on: ['list', 'show'],
    text: ({ channel }) => channel,
    path: 'channel',
    search: { by: 'WORD', words: CHANNELS },
  },
  {
    name: 'recipient',
    label: '收件人',
    on: ['list', 'show'],
    text: ({ channel, recipient }) => (channel === 'SMS' ? maskPhone(recipient) : maskEmail(recipient)),
    path: 'recipient',
    search: { by: 'WHOLE', normalise: (text) => latin(text).trim() },
  },
  {
    name: 'template',
    label: '事由',
    on: ['list', 'show'],
    text: ({ template }) => template,
    path: 'template',
    search: { by: 'WORD', words: MESSAGE_TEMPLATES },
  },
  { name: 'subject', label: '标题', on: ['show'], text: ({ subject }) => subject },
  {
    name: 'body',
    label: '正文',
    on: ['show'],
    text: (message, wordsOf) => wordsOf(message) ?? '（验证码和邀请链接不显示正文）',
  },
  {
    name: 'state',
    label: '状态',
    on: ['list', 'show'],
    text: ({ state }) => state,
    path: 'state',
    search: { by: 'WORD', words: STATES },
  },
  { name: 'attempts', label: '发送次数', on: ['list', 'show'], text: ({ attempts }) => attempts },
  { name: 'sentAt', label: '发送时间', on: ['show'], text: ({ sentAt }) => sentAt && toShanghaiText(sentAt) },
  { name: 'error', label: '失败原因', on: ['show'], text: ({ error }) => error },
];

/** 消息: what went out, or waits to, by SMS and mail. Nobody reads other people's codes here. */
@Injectable()
export class ShownMessages implements ShownNoun<OutboxMessage, Facts> {
  readonly id = 'messages';
  readonly name = '短信和邮件';
  readonly icon = 'Mail';
  readonly section = 'OFFICE';
  readonly entity = OutboxMessage;
  readonly seenBy = ['CENTRAL'] as const;
  readonly scopedBy = 'EVERYBODYS';
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<OutboxMessage>({
      name: 'resend',
      label: '重发',
      icon: 'Send',
      on: 'ROW',
      roles: ['CENTRAL'],
      when: ({ state }) => state !== 'WAITING',
      text: '向同一收件人再发送一次。验证码和邀请链接不能重发。',
      confirm: '收件人可能会收到两条相同的消息。',
      done: '已重新排队发送',
      run: (_input, { row, user, asShown }) => this.resend.execute({ id: row.id, asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly outbox: Outbox,
    private readonly resend: ResendMessage,
  ) {}

  async gather(): Promise<Facts> {
    return (message) => this.outbox.wordsOf(message);
  }
}
