import type { Challenge } from 'altcha-lib/v1/types';

/** A human check as it is posed. */
export interface PosedCheck {
  readonly id: string;
  readonly challenge: Challenge;
  readonly expiresAt: Date;
}
