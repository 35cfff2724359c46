import type { Redis } from 'ioredis';

/** What has been counted under a key, and for how many more milliseconds it stands. */
export interface Counted {
  readonly count: number;
  readonly msLeft: number;
}

/** Counts by key in windows: a window begins with the first attempt, and everything in it is forgotten at its end. */
export interface AttemptCounts {
  /** Adds to a key, or takes away from it (never below zero); with 0 it only looks. `now` in milliseconds. */
  add(key: string, times: number, windowMs: number, now: number): Promise<Counted>;
  forget(key: string): Promise<void>;
}

/** So many keys at most: the oldest give way, so that a flood of addresses does not fill the memory. */
const MOST_KEYS = 100_000;

/** The counts of this process alone. */
export class CountsInMemory implements AttemptCounts {
  private readonly windows = new Map<string, { count: number; until: number }>();

  constructor(private readonly most = MOST_KEYS) {}

  get size(): number {
    return this.windows.size;
  }

  async add(key: string, times: number, windowMs: number, now: number): Promise<Counted> {
    const known = this.windows.get(key);
    if (known && stands(known.until, windowMs, now)) {
      known.count = Math.max(0, known.count + times);
      return { count: known.count, msLeft: known.until - now };
    }
    this.windows.delete(key);
    if (times <= 0) return { count: 0, msLeft: 0 };
    if (this.windows.size >= this.most) this.makeRoom(now);
    this.windows.set(key, { count: times, until: now + windowMs });
    return { count: times, msLeft: windowMs };
  }

  async forget(key: string): Promise<void> {
    this.windows.delete(key);
  }

  /** Drops what has run out, and a tenth of the oldest if that is not enough: seldom, so that it costs little. */
  private makeRoom(now: number): void {
    for (const [key, { until }] of this.windows) if (until <= now) this.windows.delete(key);
    const target = Math.floor(this.most * 0.9);
    for (const key of this.windows.keys()) {
      if (this.windows.size <= target) break;
      this.windows.delete(key);
    }
  }
}

/** Does a window still stand? One that ends later than any could was begun by a clock that has been put right since. */
function stands(until: number, windowMs: number, now: number): boolean {
  return until > now && until <= now + windowMs;
}

/** The same as `CountsInMemory.add`, in one step, so that processes that count at the same moment lose nothing. */
const ADD = `
local times, window, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'count', 'until')
local count, ends = tonumber(kept[1]), tonumber(kept[2])
if not ends or ends <= now or ends > now + window then
  if times <= 0 then return {0, 0} end
  count, ends = 0, now + window
end
count = math.max(0, count + times)
if times ~= 0 then
  redis.call('HSET', KEYS[1], 'count', count, 'until', ends)
  redis.call('PEXPIRE', KEYS[1], ends - now)
end
return {count, ends - now}`;

/** The counts that all processes share. Redis is told the time: its own would not be the clock that is handed in. */
export class CountsInRedis implements AttemptCounts {
  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {}

  async add(key: string, times: number, windowMs: number, now: number): Promise<Counted> {
    const answer = await this.redis.eval(ADD, 1, this.prefix + key, times, windowMs, now);
    const [count, msLeft] = answer as [number, number];
    return { count, msLeft };
  }

  async forget(key: string): Promise<void> {
    await this.redis.del(this.prefix + key);
  }
}
