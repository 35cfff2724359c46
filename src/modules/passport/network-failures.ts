import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { NETWORK_LIMITS, type NetworkLimit } from './attempt-limits.js';
import { priceInNetwork } from './challenge.rules.js';

/** Of so many people the points of a limit are what is usual. */
const PEOPLE = 5_000;

/** What has failed in a network, and what the human check costs there for it. */
@Injectable()
export class NetworkFailures {
  constructor(
    private readonly config: Config,
    private readonly limits: RateLimits,
  ) {}

  /** Counts a failure; with less than 0 it takes back what turned out to be none. */
  async note(limit: NetworkLimit, network: string, times = 1): Promise<void> {
    await this.limits.note(limit, network, times);
  }

  /** How many times the ordinary work. */
  async priceAt(
    network: string,
    limits: readonly NetworkLimit[] = Object.values(NETWORK_LIMITS),
  ): Promise<number> {
    const prices = await Promise.all(
      limits.map(async (limit) => {
        const points = Math.max(1, Math.round((limit.points * this.config.peoplePerAddress) / PEOPLE));
        return priceInNetwork(await this.limits.soFar(limit, network), { ...limit, points });
      }),
    );
    return Math.max(...prices);
  }
}
