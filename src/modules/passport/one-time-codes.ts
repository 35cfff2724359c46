import { Injectable } from '@nestjs/common';
import { later, MINUTES } from '../../kernel/clock.js';
import { newSixDigitCode } from '../../kernel/ids.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { SecretBox } from '../../platform/http/secret-box.js';
import { WRONG_CODES } from './attempt-limits.js';
import type { Contact } from './contact.rules.js';
import type { OneTimeCode } from './one-time-code.entity.js';
import { OneTimeCodeRepository } from './one-time-code.repository.js';
import { CODE_MINUTES, type CodePurpose, codeIsRight } from './one-time-code.rules.js';

/** A code that was right when it was checked, and is still to be spent. */
export type CheckedCode = Pick<OneTimeCode, 'targetKey' | 'codeHash'>;

/** Six digits that prove a phone or an e-mail address, for one purpose. */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly codes: OneTimeCodeRepository,
    private readonly secrets: SecretBox,
    private readonly limits: RateLimits,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Makes the code that is good from now on for this contact and purpose; of a session named by `within`, in that alone.
   */
  async issue(tx: Tx, contact: Contact, purpose: CodePurpose, within?: string): Promise<string> {
    const code = newSixDigitCode();
    const targetKey = this.keyOf(contact, purpose, within);
    const expiresAt = later(tx.now, CODE_MINUTES * MINUTES);
    await this.codes.put(tx, { targetKey, codeHash: this.hashOf(targetKey, code), expiresAt });
    return code;
  }

  /**
   * Checks a code without using it up. The try counts even if the call it came with is refused later on. `guesser` is
   * the account, or the address, whose wrong codes are counted.
   *
   * @throws CODE_INVALID, TOO_MANY_ATTEMPTS
   */
  async check(
    contact: Contact,
    purpose: CodePurpose,
    typed: string,
    guesser: string,
    within?: string,
  ): Promise<CheckedCode> {
    await this.limits.check(WRONG_CODES, guesser);
    const code = plainCode(typed);
    codeIsRight(/^\d{6}$/.test(code));
    const targetKey = this.keyOf(contact, purpose, within);
    const codeHash = this.hashOf(targetKey, code);
    const sent = await this.unitOfWork.run((tx) => this.codes.countTry(tx, targetKey));
    const right = sent?.codeHash === codeHash;
    if (!right) await this.limits.count(WRONG_CODES, guesser);
    codeIsRight(right);
    return { targetKey, codeHash };
  }

  /** Uses a code up, together with what it is used for. @throws CODE_INVALID if it has been used meanwhile */
  async spend(tx: Tx, code: CheckedCode): Promise<void> {
    codeIsRight(await this.codes.remove(tx, code));
  }

  private keyOf({ channel, target }: Contact, purpose: CodePurpose, within: string = ''): string {
    return this.secrets.hash('one-time-code', [channel, purpose, target, within].join('\n'));
  }

  private hashOf(targetKey: string, code: string): string {
    return this.secrets.hash('one-time-code', [targetKey, code].join('\n'));
  }
}
