import { Injectable } from '@nestjs/common';
import { createChallenge, extractParams, verifySolution } from 'altcha-lib/v1';
import type { Payload } from 'altcha-lib/v1/types';
import { Clock, later, MINUTES } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Config } from '../../platform/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecretBox } from '../../platform/http/secret-box.js';
import { NETWORK_LIMITS } from './attempt-limits.js';
import { humanCheckIsPassed, isDearEnough, theCheckIsDearEnough } from './challenge.rules.js';
import { NetworkFailures } from './network-failures.js';
import type { PosedCheck } from './posed-check.js';
import { ChallengeShown } from './shown.dto.js';
import { UsedChallengeRepository } from './used-challenge.repository.js';

const GOOD_FOR_MS = 10 * MINUTES;
const ALGORITHM = 'SHA-256';

/** A solution that is right; whether it has been used already is still to be seen. */
interface SolvedCheck {
  readonly id: string;
  readonly expiresAt: Date;
  readonly price: number;
}

/**
 * 验证码: a proof of work by ALTCHA. Nothing is stored until a solution comes back, which says by its signature what it
 * cost: so many times the ordinary work (`CHALLENGE_DIFFICULTY`).
 */
@Injectable()
export class HumanCheck {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly secrets: SecretBox,
    private readonly failures: NetworkFailures,
    private readonly unitOfWork: UnitOfWork,
    private readonly used: UsedChallengeRepository,
  ) {}

  async pose(price: number): Promise<PosedCheck> {
    const id = newId();
    const expires = later(this.clock.now(), GOOD_FOR_MS);
    const challenge = await createChallenge({
      algorithm: ALGORITHM,
      maxnumber: this.config.challengeDifficulty * price,
      hmacKey: this.secrets.keyFor('challenge'),
      expires,
      params: { id, price: String(price) },
    });
    return { id, challenge, expiresAt: expires };
  }

  /**
   * Takes a solution that is worth what is asked for in this network now. It is used up by it whatever becomes of the
   * call it came with: it must not pay for two.
   *
   * @throws CHALLENGE_FAILED, CHALLENGE_TOO_EASY
   */
  async pass(solution: string, { network }: { network: string }): Promise<void> {
    const paid = await this.take(solution, { network });
    await this.demand(await this.failures.priceAt(network), paid);
  }

  /** @throws CHALLENGE_TOO_EASY, with a check of the price that is owed */
  async demand(owed: number, paid: number): Promise<void> {
    if (isDearEnough(paid, owed)) return theCheckIsDearEnough(true);
    theCheckIsDearEnough(false, ChallengeShown.of(await this.pose(owed)));
  }

  /** Takes a solution and says what it cost; whether that is enough is the caller's to say. @throws CHALLENGE_FAILED */
  async take(solution: string, { network }: { network: string }): Promise<number> {
    const solved = await this.solvedBy(solution);
    const passed = solved !== undefined && (await this.unitOfWork.run((tx) => this.used.use(tx, solved)));
    if (!passed) await this.failures.note(NETWORK_LIMITS.JUNK_CHECK, network);
    humanCheckIsPassed(passed);
    return solved!.price;
  }

  /** Undefined if it is none. What cannot be one costs two hashes at most, and asks nobody else. */
  private async solvedBy(solution: string): Promise<SolvedCheck | undefined> {
    const payload = payloadOf(solution);
    if (!payload) return undefined;
    // the salt is covered by the signature, so what it says is what we wrote
    const { id, expires, price } = extractParams(payload);
    const expiresAt = new Date(Number(expires) * 1000);
    if (!id || !(expiresAt > this.clock.now())) return undefined;
    if (!(await verifySolution(payload, this.secrets.keyFor('challenge'), false))) return undefined;
    return { id, expiresAt, price: Number(price) };
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
