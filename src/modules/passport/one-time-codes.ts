import { Injectable } from '@nestjs/common';
import { later, MINUTES } from '../../kernel/clock.js';
import { newSixDigitCode } from '../../kernel/ids.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Devices } from '../../platform/http/devices.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { SecretBox } from '../../platform/http/secret-box.js';
import { NETWORK_LIMITS, WRONG_CODES } from './attempt-limits.js';
import type { Contact } from './contact.rules.js';
import { NetworkFailures } from './network-failures.js';
import type { OneTimeCode } from './one-time-code.entity.js';
import { OneTimeCodeRepository } from './one-time-code.repository.js';
import { CODE_MINUTES, type CodePurpose, codeIsRight, triesAt } from './one-time-code.rules.js';
import type { Visitor } from './visitor.js';

/** A code that was right when it was checked, and is still to be spent. */
export type CheckedCode = Pick<OneTimeCode, 'id' | 'targetKey' | 'codeHash'>;

/** Who asks for a code, or types one in. */
export interface CodeAsker {
  /** What a code is bound to that they ask for: their device if they have one, and else their network. */
  readonly asker: string;
  /** As whom else they may have asked. */
  readonly others: readonly string[];
  /** Where wrong codes make the human check dearer, and from where a code asked for elsewhere may be typed in, too. */
  readonly network?: string;
}

/** Six digits that prove a phone or an e-mail address, for one purpose. */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly codes: OneTimeCodeRepository,
    private readonly secrets: SecretBox,
    private readonly devices: Devices,
    private readonly limits: RateLimits,
    private readonly failures: NetworkFailures,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Somebody who is known by where they call from. */
  asVisitor({ network, cookies }: Pick<Visitor, 'network' | 'cookies'>): CodeAsker {
    const device = this.devices.read(cookies);
    return device
      ? { asker: device.id, others: [network], network }
      : { asker: network, others: [], network };
  }

  /** Makes the code that is good from now on for this contact and purpose, beside those that others asked for. */
  async issue(tx: Tx, contact: Contact, purpose: CodePurpose, { asker }: CodeAsker): Promise<string> {
    const code = newSixDigitCode();
    const targetKey = this.keyOf(contact, purpose);
    const expiresAt = later(tx.now, CODE_MINUTES * MINUTES);
    const id = this.idOf(targetKey, asker);
    await this.codes.put(tx, { id, targetKey, codeHash: this.hashOf(targetKey, code), expiresAt });
    return code;
  }

  /**
   * Checks a code without using it up. The try counts even if the call it came with is refused later on. `guesser` is
   * the account, or the session, whose wrong codes are bounded besides, where somebody has signed in.
   *
   * @throws CODE_INVALID, TOO_MANY_ATTEMPTS
   */
  async check(
    contact: Contact,
    purpose: CodePurpose,
    typed: string,
    by: CodeAsker,
    guesser?: string,
  ): Promise<CheckedCode> {
    if (guesser) await this.limits.check(WRONG_CODES, guesser);
    const code = plainCode(typed);
    codeIsRight(/^\d{6}$/.test(code));
    const targetKey = this.keyOf(contact, purpose);
    const right = await this.tryAt(targetKey, this.hashOf(targetKey, code), by);
    if (!right && guesser) await this.limits.note(WRONG_CODES, guesser);
    if (!right && by.network) await this.failures.note(NETWORK_LIMITS.WRONG_CODE, by.network);
    codeIsRight(right !== undefined);
    return right;
  }

  /** Uses a code up, together with what it is used for. @throws CODE_INVALID if it has been used meanwhile */
  async spend(tx: Tx, code: CheckedCode): Promise<void> {
    codeIsRight(await this.codes.remove(tx, code));
  }

  /** To be told when a code has been spent: the message was not sent for nothing. */
  async wasUsed({ network }: CodeAsker): Promise<void> {
    if (network) await this.failures.note(NETWORK_LIMITS.UNUSED_CODE, network, -1);
  }

  private async tryAt(targetKey: string, codeHash: string, by: CodeAsker): Promise<OneTimeCode | undefined> {
    const live = await this.codes.live(this.unitOfWork.read(), targetKey);
    const own = [by.asker, ...by.others].map((asker) => this.idOf(targetKey, asker));
    const { kind, codes } = triesAt(live, { own, strangersToo: by.network !== undefined });
    if (codes.length === 0) return undefined;
    return this.unitOfWork.run(async (tx) => {
      const tried = [];
      for (const code of codes) if (await this.codes.countTry(tx, code.id, kind)) tried.push(code);
      return tried.find((code) => code.codeHash === codeHash);
    });
  }

  private keyOf({ channel, target }: Contact, purpose: CodePurpose): string {
    return this.secrets.hash('one-time-code', [channel, purpose, target].join('\n'));
  }

  private idOf(targetKey: string, asker: string): string {
    return this.secrets.hash('one-time-code', [targetKey, 'asked by', asker].join('\n'));
  }

  private hashOf(targetKey: string, code: string): string {
    return this.secrets.hash('one-time-code', [targetKey, code].join('\n'));
  }
}

/** Who asks from a session, and types the code in there and nowhere else. */
export function inSession(sessionId: string): CodeAsker {
  return { asker: sessionId, others: [] };
}
