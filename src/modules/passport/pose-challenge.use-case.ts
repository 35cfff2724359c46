import { Injectable } from '@nestjs/common';
import { toShanghai } from '../../kernel/clock.js';
import { HumanCheck } from './human-check.js';
import type { ChallengeShown } from './shown.dto.js';

/** A new human check, for whoever asks. */
@Injectable()
export class PoseChallenge {
  constructor(private readonly humanCheck: HumanCheck) {}

  async execute(): Promise<ChallengeShown> {
    const { id, challenge, expiresAt } = await this.humanCheck.pose();
    const { algorithm, maxnumber, salt, signature } = challenge;
    return {
      id,
      kind: 'ALTCHA',
      algorithm,
      challenge: challenge.challenge,
      maxnumber: maxnumber!,
      salt,
      signature,
      expiresAt: toShanghai(expiresAt),
    };
  }
}
