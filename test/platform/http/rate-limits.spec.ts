import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { SECONDS } from '../../../src/kernel/clock.js';
import { CountsInMemory } from '../../../src/platform/http/attempt-counts.js';
import { type RateLimit, RateLimits } from '../../../src/platform/http/rate-limits.js';
import { SecretBox } from '../../../src/platform/http/secret-box.js';
import { StoryClock } from '../../support/clock.js';
import { openTestDatabase, type TestDatabase } from '../../support/engine.js';

const LIMIT: RateLimit = { name: 'test', points: 3, seconds: 60 };
const PHONE = '13900001234';

describe('the limits', () => {
  let database: TestDatabase;
  let clock: StoryClock;
  let limits: RateLimits;
  let others: RateLimits[];
  let keys = 0;
  const anyKey = () => `${PHONE}-${++keys}`;
  const another = () => {
    const made = new RateLimits(database.config, clock, new SecretBox(database.config));
    others.push(made);
    return made;
  };
  /** Nothing waits for a connection: until it is there, Redis counts as away. */
  async function connected(one: RateLimits) {
    if (!database.config.redisUrl) return;
    const key = anyKey();
    for (const before = await keysInRedis(); (await keysInRedis()).length === before.length; await sleep(5))
      await one.note(LIMIT, key);
  }

  beforeAll(async () => {
    database = await openTestDatabase();
    others = [];
    clock = new StoryClock();
    limits = another();
    await connected(limits);
  });
  afterAll(async () => {
    for (const one of others) await one.onApplicationShutdown();
    await database.drop();
  });

  async function keysInRedis(): Promise<string[]> {
    const redis = new Redis(database.config.redisUrl!);
    const found = await redis.keys(`${database.config.redisPrefix}*`);
    redis.disconnect();
    return found;
  }

  it('take so many, say how long to wait, and begin anew when the clock that is handed in says so', async () => {
    const key = anyKey();
    for (let n = 0; n < 3; n++) await limits.count(LIMIT, key);
    clock.advance(20.5 * SECONDS);
    await expect(limits.count(LIMIT, key)).rejects.toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
      facts: { retryAfterSeconds: 40 },
    });
    clock.advance(39.4 * SECONDS);
    await expect(limits.check(LIMIT, key)).rejects.toMatchObject({ facts: { retryAfterSeconds: 1 } });
    clock.advance(0.1 * SECONDS);
    await limits.check(LIMIT, key);
    await limits.count(LIMIT, key);
    expect(await limits.soFar(LIMIT, key)).toBe(1);
  });

  it('lose nothing where many count at once', async () => {
    const key = anyKey();
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => limits.count(LIMIT, key)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await limits.soFar(LIMIT, key)).toBe(20);
  });

  it('give back and forget; never below zero, and nothing given back is kept for later', async () => {
    const key = anyKey();
    expect(await limits.note(LIMIT, key, -5)).toEqual({ count: 0, msLeft: 0 });
    expect(await limits.note(LIMIT, key, 4)).toEqual({ count: 4, msLeft: 60_000 });
    expect(await limits.note(LIMIT, key, -1)).toEqual({ count: 3, msLeft: 60_000 });
    await expect(limits.check(LIMIT, key)).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect(await limits.note(LIMIT, key, -9)).toEqual({ count: 0, msLeft: 60_000 });
    await limits.note(LIMIT, key, 2);
    await limits.forget(LIMIT, key);
    expect(await limits.soFar(LIMIT, key)).toBe(0);
  });

  it('do not wait a year because a clock was a year ahead', async () => {
    const key = anyKey();
    const now = clock.now();
    clock.advance(365 * 24 * 3600 * SECONDS);
    await limits.note(LIMIT, key, 9);
    clock.set(now);
    await limits.check(LIMIT, key);
  });

  it('are shared where there is a Redis, and each process’s own where there is none', async () => {
    const key = anyKey();
    await limits.note(LIMIT, key, 2);
    const beside = another();
    await connected(beside);
    expect(await beside.soFar(LIMIT, key)).toBe(database.config.redisUrl ? 2 : 0);
  });

  it('name nobody in Redis: keys are hashed with the secret', async () => {
    const key = anyKey();
    await limits.note(LIMIT, key);
    if (!database.config.redisUrl) return expect(database.config.redisUrl).toBeUndefined();
    const secrets = new SecretBox(database.config);
    const stored = await keysInRedis();
    const named = `${database.config.redisPrefix}:limit:test:${secrets.hash('rate-limit', key)}`;
    expect(stored).toContain(named);
    expect(stored.join()).not.toContain(PHONE);
  });
});

describe('the counts in memory', () => {
  it('are no more than so many, and the oldest give way when nothing has run out', async () => {
    const counts = new CountsInMemory(10);
    for (let n = 0; n < 10; n++) await counts.add(`early ${n}`, 1, 1_000, 0);
    for (let n = 0; n < 5; n++) await counts.add(`late ${n}`, 1, 1_000, 500);
    expect(counts.size).toBeLessThanOrEqual(10);
    expect(await counts.add('early 0', 0, 1_000, 500)).toEqual({ count: 0, msLeft: 0 });
    expect(await counts.add('late 4', 0, 1_000, 500)).toEqual({ count: 1, msLeft: 1_000 });
    // what has run out goes first
    for (let n = 0; n < 5; n++) await counts.add(`last ${n}`, 1, 1_000, 1_400);
    expect(await counts.add('late 4', 0, 1_000, 1_400)).toEqual({ count: 1, msLeft: 100 });
  });
});
