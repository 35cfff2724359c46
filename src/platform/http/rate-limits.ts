import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Clock, SECONDS } from '../../kernel/clock.js';
import { Config } from '../config.js';
import { type AttemptCounts, type Counted, CountsInMemory, CountsInRedis } from './attempt-counts.js';
import { TOO_MANY_ATTEMPTS } from './refusals.js';
import { SecretBox } from './secret-box.js';

/** A Redis that has gone silent is taken for one that is away. */
const PATIENCE_MS = 2_000;

/** So many points for one key within so many seconds, counted from the first. */
export interface RateLimit {
  name: string;
  points: number;
  seconds: number;
}

/** Counts attempts by account, network or target (R-PP-8): in Redis when there is one, in memory otherwise and meanwhile. */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  private readonly logger = new Logger(RateLimits.name);
  private readonly redis?: Redis;
  private readonly shared?: AttemptCounts;
  private readonly own = new CountsInMemory();
  private redisIsAway = false;

  constructor(
    config: Config,
    private readonly clock: Clock,
    private readonly secrets: SecretBox,
  ) {
    if (!config.redisUrl) return;
    this.redis = new Redis(config.redisUrl, {
      maxRetriesPerRequest: 1,
      enableOfflineQueue: false,
      commandTimeout: PATIENCE_MS,
    });
    this.redis.on('error', (error) => this.logger.warn(`Redis: ${error.message}`));
    this.shared = new CountsInRedis(this.redis, `${config.redisPrefix}:limit:`);
  }

  /** Counts one attempt. @throws TOO_MANY_ATTEMPTS with the seconds to wait */
  async count(limit: RateLimit, key: string): Promise<void> {
    const counted = await this.counted(limit, key, 1);
    if (counted.count > limit.points) throw refusalOf(counted);
  }

  /** Counts attempts that were made already, however many, and says how many there are now; less than 0 takes some back. */
  note(limit: RateLimit, key: string, attempts = 1): Promise<Counted> {
    return this.counted(limit, key, attempts);
  }

  /** How many there are. */
  async soFar(limit: RateLimit, key: string): Promise<number> {
    return (await this.counted(limit, key, 0)).count;
  }

  /** Refuses when the attempts are used up, without counting one. @throws TOO_MANY_ATTEMPTS */
  async check(limit: RateLimit, key: string): Promise<void> {
    const counted = await this.counted(limit, key, 0);
    if (counted.count >= limit.points) throw refusalOf(counted);
  }

  /** Forgets the attempts, after a success. */
  async forget(limit: RateLimit, key: string): Promise<void> {
    await this.either((counts) => counts.forget(this.keyOf(limit, key)));
  }

  async onApplicationShutdown(): Promise<void> {
    this.redis?.disconnect();
  }

  private counted(limit: RateLimit, key: string, times: number): Promise<Counted> {
    const now = this.clock.now().getTime();
    return this.either((counts) => counts.add(this.keyOf(limit, key), times, limit.seconds * SECONDS, now));
  }

  /** What does not reach Redis is counted here: less than all, and not nothing. */
  private async either<T>(work: (counts: AttemptCounts) => Promise<T>): Promise<T> {
    if (!this.shared) return work(this.own);
    try {
      const answer = await work(this.shared);
      this.redisIsAway = false;
      return answer;
    } catch (error) {
      if (!this.redisIsAway) this.logger.warn(`Attempts are counted in this process alone: ${String(error)}`);
      this.redisIsAway = true;
      return work(this.own);
    }
  }

  /** Keys are phone numbers and addresses: hashed without a secret, they could be found by trying them all. */
  private keyOf({ name }: RateLimit, key: string): string {
    return `${name}:${this.secrets.hash('rate-limit', key)}`;
  }
}

function refusalOf({ msLeft }: Counted) {
  const seconds = Math.max(1, Math.ceil(msLeft / SECONDS));
  return TOO_MANY_ATTEMPTS({ values: { seconds }, retryAfterSeconds: seconds });
}
