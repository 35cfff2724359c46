import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { maskPhone } from '../../kernel/document-number.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecurityLog } from '../../platform/security-log.js';
import { Outbox } from '../notification/index.js';
import { AccountRepository } from './account.repository.js';
import { CodeLimits } from './code-limits.js';
import { codeMessage } from './code-message.js';
import { FirstSignIns } from './first-sign-ins.js';
import { CODE_MINUTES, theSchoolReachesTheStudent } from './one-time-code.rules.js';
import { inSession, OneTimeCodes } from './one-time-codes.js';
import type { FirstCodeSentShown } from './shown.dto.js';
import type { Visitor } from './visitor.js';

/**
 * R-PP-7: whoever has come in with the initial password has a code sent to the number that the student's school has, and
 * nowhere else. It is good within this session alone, so that nobody else's asking ends it.
 */
@Injectable()
export class SendFirstCode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: CodeLimits,
    private readonly codes: OneTimeCodes,
    private readonly accounts: AccountRepository,
    private readonly firstSignIns: FirstSignIns,
    private readonly outbox: Outbox,
    private readonly security: SecurityLog,
  ) {}

  /** @throws FIRST_CODE_UNNEEDED, TOO_MANY_ATTEMPTS */
  execute(actor: CandidateActor, visitor: Visitor): Promise<FirstCodeSentShown> {
    const { accountId, address } = actor;
    const facts = { accountId, address, purpose: 'FIRST_SIGN_IN' };
    return this.security.during('passport.code', facts, () => this.send(actor, visitor));
  }

  private async send(
    { accountId, sessionId }: CandidateActor,
    visitor: Visitor,
  ): Promise<FirstCodeSentShown> {
    const reader = this.unitOfWork.read();
    const account = await this.accounts.load(reader, accountId);
    const { phone } = account.passwordMustChange
      ? await this.firstSignIns.of(reader, account)
      : { phone: undefined };
    theSchoolReachesTheStudent(phone);
    // others may have come in with the initial password too: nobody is more of an owner than they
    await this.limits.count(phone, visitor);
    const contact = { channel: 'SMS', target: phone } as const;
    await this.unitOfWork.run(async (tx) => {
      const code = await this.codes.issue(tx, contact, 'FIRST_SIGN_IN', inSession(sessionId));
      await this.outbox.put(tx, codeMessage(contact, 'FIRST_SIGN_IN', code));
    });
    return { phoneMasked: maskPhone(phone), expiresInSeconds: CODE_MINUTES * 60 };
  }
}
