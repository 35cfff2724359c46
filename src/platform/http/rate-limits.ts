import { createHash } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import { Config } from '../config.js';
import { TOO_MANY_ATTEMPTS } from './refusals.js';

/** A Redis that has gone silent is taken for one that is away. */
const PATIENCE_MS = 2_000;

/** So many points for one key within so many seconds. */
export interface RateLimit {
  name: string;
  points: number;
  seconds: number;
}

/** Counts attempts by account, address or target (R-PP-8): in Redis when there is one, in memory otherwise and meanwhile. */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  private readonly logger = new Logger(RateLimits.name);
  private readonly redis?: Redis;
  private readonly limiters = new Map<string, RateLimiterMemory | RateLimiterRedis>();

  constructor(private readonly config: Config) {
    if (!config.redisUrl) return;
    this.redis = new Redis(config.redisUrl, {
      maxRetriesPerRequest: 1,
      enableOfflineQueue: false,
      commandTimeout: PATIENCE_MS,
    });
    this.redis.on('error', (error) => this.logger.warn(`Redis: ${error.message}`));
  }

  /** Counts one attempt. @throws TOO_MANY_ATTEMPTS with the seconds to wait */
  async count(limit: RateLimit, key: string): Promise<void> {
    try {
      await this.limiter(limit).consume(hidden(key));
    } catch (error) {
      if (error instanceof Error) throw error;
      throw this.refuse(error as RateLimiterRes);
    }
  }

  /** Counts several attempts that were made already, however many: the next `check` refuses. */
  async note(limit: RateLimit, key: string, attempts: number): Promise<void> {
    try {
      await this.limiter(limit).consume(hidden(key), attempts);
    } catch (error) {
      if (error instanceof Error) throw error;
    }
  }

  /** Refuses when the attempts are used up, without counting one. */
  async check(limit: RateLimit, key: string): Promise<void> {
    const state = await this.limiter(limit).get(hidden(key));
    if (state && state.consumedPoints >= limit.points) throw this.refuse(state);
  }

  /** Forgets the attempts, after a success. */
  async forget(limit: RateLimit, key: string): Promise<void> {
    await this.limiter(limit).delete(hidden(key));
  }

  async onApplicationShutdown(): Promise<void> {
    this.redis?.disconnect();
  }

  private refuse(state: RateLimiterRes) {
    const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
    return TOO_MANY_ATTEMPTS({ values: { seconds }, retryAfterSeconds: seconds });
  }

  private limiter(limit: RateLimit): RateLimiterMemory | RateLimiterRedis {
    const known = this.limiters.get(limit.name);
    if (known) return known;
    const keyPrefix = `${this.config.redisPrefix}:limit:${limit.name}`;
    const options = { keyPrefix, points: limit.points, duration: limit.seconds };
    const inMemory = new RateLimiterMemory(options);
    const limiter = this.redis
      ? new RateLimiterRedis({ ...options, storeClient: this.redis, insuranceLimiter: inMemory })
      : inMemory;
    this.limiters.set(limit.name, limiter);
    return limiter;
  }
}

/** Keys are phone numbers and addresses; Redis is to hold none of them in clear. */
function hidden(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
