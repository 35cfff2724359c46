import { Injectable } from '@nestjs/common';
import { HumanCheck } from './human-check.js';
import { NetworkFailures } from './network-failures.js';
import { ChallengeShown } from './shown.dto.js';
import type { Visitor } from './visitor.js';

/** A new human check, for whoever asks, at the price of where they call from. */
@Injectable()
export class PoseChallenge {
  constructor(
    private readonly humanCheck: HumanCheck,
    private readonly failures: NetworkFailures,
  ) {}

  async execute(visitor: Visitor): Promise<ChallengeShown> {
    const price = await this.failures.priceAt(visitor.network);
    return ChallengeShown.of(await this.humanCheck.pose(price));
  }
}
