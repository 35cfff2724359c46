import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor, SystemActor } from '../../kernel/actor.js';
import { DAYS, later, toShanghaiText } from '../../kernel/clock.js';
import { newToken } from '../../kernel/ids.js';
import { Outbox } from '../../modules/notification/index.js';
import { Config } from '../../platform/config.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Staff } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';

const GOOD_FOR_DAYS = 7;

/**
 * A link by which somebody sets their password, once. It is not to be had again: only its hash is kept. Where it can be
 * mailed nobody else sees it; `link` is for who has no address, or a system without a mail server.
 */
export type Invitation = { readonly expiresAt: Date } & (
  | { readonly mailed: true }
  | { readonly mailed: false; readonly link: string }
);

@Injectable()
export class Invitations {
  constructor(
    private readonly staff: StaffRepository,
    private readonly outbox: Outbox,
    private readonly config: Config,
  ) {}

  /** Invites somebody who has an account; an earlier invitation of theirs is worth nothing from now on. */
  async issue(tx: Tx, { id, login, name, email }: Staff, by: StaffActor | SystemActor): Promise<Invitation> {
    const token = newToken();
    const expiresAt = later(tx.now, GOOD_FOR_DAYS * DAYS);
    await this.staff.update(tx, id, {
      invitationHash: invitationHash(token),
      invitationExpiresAt: expiresAt,
      invitedBy: by.type === 'STAFF' ? by.staffId : null,
    });
    // in the query, because the path of a request stands in the log
    const link = `${this.config.publicUrl}/admin/invitation?token=${token}`;
    if (email !== null)
      await this.outbox.put(tx, {
        channel: 'EMAIL',
        recipient: email,
        template: 'staff.invitation',
        subject: '请设置报名管理后台的登录密码',
        body: `${name}：\n\n您的全国大学英语四、六级考试报名管理后台账号已开通，登录名为 ${login}。请在 ${toShanghaiText(expiresAt)} 前打开下面的链接设置密码，链接只能使用一次：\n\n${link}\n\n如果您没有申请该账号，请忽略本邮件。`,
      });
    return email !== null && this.config.smtpUrl
      ? { expiresAt, mailed: true }
      : { expiresAt, mailed: false, link };
  }
}

export function invitationHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
