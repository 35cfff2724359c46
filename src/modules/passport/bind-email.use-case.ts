import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecurityLog } from '../../platform/security-log.js';
import { AccountRepository } from './account.repository.js';
import { emailIsFree } from './account.rules.js';
import { contactFrom } from './contact.rules.js';
import { type BindContactCommand, ContactChanges } from './contact-changes.js';
import { OneTimeCodes } from './one-time-codes.js';
import { AccountShown } from './shown.dto.js';
import type { Visitor } from './visitor.js';

/** R-PP-4: proves, binds or changes the e-mail address, with a code sent to the new one. */
@Injectable()
export class BindEmail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly codes: OneTimeCodes,
    private readonly accounts: AccountRepository,
    private readonly changes: ContactChanges,
    private readonly security: SecurityLog,
  ) {}

  /**
   * @throws EMAIL_INVALID, CODE_INVALID, EMAIL_TAKEN, CURRENT_PASSWORD_MISSING, CURRENT_PASSWORD_WRONG,
   * TOO_MANY_ATTEMPTS
   */
  execute(command: BindContactCommand, actor: CandidateActor, visitor: Visitor): Promise<AccountShown> {
    const { accountId, address } = actor;
    return this.security.during('passport.email-change', { accountId, address }, () =>
      this.bind(command, actor, visitor),
    );
  }

  private async bind(
    command: BindContactCommand,
    actor: CandidateActor,
    visitor: Visitor,
  ): Promise<AccountShown> {
    const email = contactFrom('EMAIL', command.value, 'value');
    const change = await this.changes.allow(email, command.currentPassword, actor);
    const asker = this.codes.asVisitor(visitor);
    const code = await this.codes.check(email, 'BIND_EMAIL', command.code, asker, actor.accountId);
    const account = await this.unitOfWork.run(async (tx) => {
      const before = await this.changes.hold(tx, change);
      await this.codes.spend(tx, code);
      emailIsFree(await this.accounts.bindEmail(tx, actor.accountId, email.target));
      await this.changes.follow(tx, before, change);
      return this.accounts.load(tx, actor.accountId);
    });
    await this.codes.wasUsed(asker);
    return AccountShown.of(account);
  }
}
