import { Injectable } from '@nestjs/common';
import { createChallenge, extractParams, verifySolution } from 'altcha-lib/v1';
import type { Challenge, Payload } from 'altcha-lib/v1/types';
import { Clock, later, MINUTES } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Config } from '../../platform/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { SecretBox } from '../../platform/http/secret-box.js';
import { FAILED_CHALLENGES } from './attempt-limits.js';
import { humanCheckIsPassed } from './challenge.rules.js';
import { UsedChallengeRepository } from './used-challenge.repository.js';
import type { Visitor } from './visitor.js';

const GOOD_FOR_MS = 10 * MINUTES;
const ALGORITHM = 'SHA-256';

/** 验证码: a proof of work by ALTCHA. Nothing is stored until a solution comes back. */
@Injectable()
export class HumanCheck {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly secrets: SecretBox,
    private readonly limits: RateLimits,
    private readonly unitOfWork: UnitOfWork,
    private readonly used: UsedChallengeRepository,
  ) {}

  async pose(): Promise<{ id: string; challenge: Challenge; expiresAt: Date }> {
    const id = newId();
    const expires = later(this.clock.now(), GOOD_FOR_MS);
    const challenge = await createChallenge({
      algorithm: ALGORITHM,
      maxnumber: this.config.challengeDifficulty,
      hmacKey: this.secrets.keyFor('challenge'),
      expires,
      params: { id },
    });
    return { id, challenge, expiresAt: expires };
  }

  /**
   * Takes a solution, which is used up by it whatever becomes of the call it came with: it must not pay for two.
   *
   * @throws CHALLENGE_FAILED, TOO_MANY_ATTEMPTS
   */
  async pass(solution: string, visitor: Visitor): Promise<void> {
    await this.limits.check(FAILED_CHALLENGES, visitor.network);
    const passed = await this.isGood(solution);
    if (!passed) await this.limits.count(FAILED_CHALLENGES, visitor.network);
    humanCheckIsPassed(passed);
  }

  private async isGood(solution: string): Promise<boolean> {
    const payload = payloadOf(solution);
    if (!payload || !(await verifySolution(payload, this.secrets.keyFor('challenge'), false))) return false;
    // the salt is covered by the signature, so what it says is what we wrote
    const { id, expires } = extractParams(payload);
    const expiresAt = new Date(Number(expires) * 1000);
    if (!id || !(expiresAt > this.clock.now())) return false;
    return this.unitOfWork.run((tx) => this.used.use(tx, { id, expiresAt }));
  }
}

/**
 * ALTCHA's payload, if it has the shape of one. The number must be a number: the hash is over salt and number joined,
 * so as text it could carry the salt's tail, where the expiry stands.
 */
function payloadOf(solution: string): Payload | undefined {
  const parsed = parse(Buffer.from(solution, 'base64').toString('utf8'));
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { algorithm, challenge, number, salt, signature } = parsed as Record<string, unknown>;
  if (algorithm !== ALGORITHM || !Number.isSafeInteger(number)) return undefined;
  if (typeof challenge !== 'string' || typeof salt !== 'string' || typeof signature !== 'string')
    return undefined;
  return { algorithm, challenge, number: number as number, salt, signature };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
