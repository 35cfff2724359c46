import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type SecurityFacts, SecurityLog } from '../../platform/security-log.js';
import { Outbox } from '../notification/index.js';
import { NETWORK_LIMITS } from './attempt-limits.js';
import { CodeLimits } from './code-limits.js';
import { codeMessage } from './code-message.js';
import { type Contact, contactFrom } from './contact.rules.js';
import { addressNotProvenMessage } from './contact-messages.js';
import { ContactOwners } from './contact-owners.js';
import { HumanCheck } from './human-check.js';
import { NetworkFailures } from './network-failures.js';
import { CODE_MINUTES, type CodePurpose, channelSuitsPurpose } from './one-time-code.rules.js';
import { OneTimeCodes } from './one-time-codes.js';
import type { CodeSentShown } from './shown.dto.js';
import type { Visitor } from './visitor.js';

interface RequestCodeCommand {
  channel: Contact['channel'];
  target: string;
  purpose: CodePurpose;
  challenge: string;
}

/** Sends a code to a phone or an e-mail address. The answer is the same whether or not an account has it (R-PP-8). */
@Injectable()
export class RequestCode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly humanCheck: HumanCheck,
    private readonly failures: NetworkFailures,
    private readonly codeLimits: CodeLimits,
    private readonly codes: OneTimeCodes,
    private readonly owners: ContactOwners,
    private readonly outbox: Outbox,
    private readonly security: SecurityLog,
  ) {}

  /**
   * @throws PHONE_INVALID, EMAIL_INVALID, CODE_CHANNEL_MISMATCH, CHALLENGE_FAILED, CHALLENGE_TOO_EASY,
   * TOO_MANY_ATTEMPTS
   */
  execute(command: RequestCodeCommand, visitor: Visitor): Promise<CodeSentShown> {
    const { purpose } = command;
    return this.security.during('passport.code', { purpose, address: visitor.address }, (known) =>
      this.request(command, visitor, known),
    );
  }

  private async request(
    command: RequestCodeCommand,
    visitor: Visitor,
    known: SecurityFacts,
  ): Promise<CodeSentShown> {
    const { channel, purpose } = command;
    const contact = contactFrom(channel, command.target, 'target');
    channelSuitsPurpose(channel, purpose);

    await this.humanCheck.pass(command.challenge, visitor);
    await this.codeLimits.count(contact.target, visitor, async () => {
      const { owner } = await this.owners.of(this.unitOfWork.read(), contact);
      return owner;
    });
    await this.failures.note(NETWORK_LIMITS.UNUSED_CODE, visitor.network);

    await this.unitOfWork.run(async (tx) => {
      // looked up, a code made and a message written in any case: the time must not tell either
      const { owner, claimed } = await this.owners.of(tx, contact);
      known.accountId = owner?.id;
      const code = await this.codes.issue(tx, contact, purpose, this.codes.asVisitor(visitor));
      const resets = purpose === 'RESET_PASSWORD';
      const message =
        resets && !owner ? addressNotProvenMessage(contact) : codeMessage(contact, purpose, code);
      await this.outbox.putIf(tx, !resets || owner !== undefined || claimed, message);
    });
    return { expiresInSeconds: CODE_MINUTES * 60 };
  }
}
