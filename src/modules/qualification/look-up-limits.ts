import { Injectable } from '@nestjs/common';
import type { CandidateActor, StaffActor } from '../../kernel/actor.js';
import { type RateLimit, RateLimits } from '../../platform/http/rate-limits.js';

const TEN_MINUTES = 600;
const PER_ACCOUNT: RateLimit = { name: 'look-up-account', points: 30, seconds: TEN_MINUTES };
/** Generous: a whole campus sits behind one address on the first evening. */
const PER_ADDRESS: RateLimit = { name: 'look-up-address', points: 3000, seconds: TEN_MINUTES };
const HOUR = 3600;
const TICKETS: RateLimit = { name: 'cet6-ticket', points: 10, seconds: HOUR };
const DAY = 24 * HOUR;
/** A number that stands on a roster already: each tells staff that another school has this student. */
export const CLASHES: RateLimit = { name: 'roster-clash', points: 200, seconds: DAY };

/** How often one may name a student, or a CET4 ticket, to see whether there is one. */
@Injectable()
export class LookUpLimits {
  constructor(private readonly limits: RateLimits) {}

  /** For every call that answers whether a student exists. @throws TOO_MANY_ATTEMPTS */
  async countLookUp(actor: CandidateActor, address: string): Promise<void> {
    await this.limits.count(PER_ACCOUNT, actor.accountId);
    await this.limits.count(PER_ADDRESS, address);
  }

  /** For staff who may be told that a document is on the roster of somebody else. @throws TOO_MANY_ATTEMPTS */
  async mayBeToldOfClashes({ staffId }: StaffActor): Promise<void> {
    await this.limits.check(CLASHES, staffId);
  }

  async noteClashes({ staffId }: StaffActor, clashes: number): Promise<void> {
    if (clashes > 0) await this.limits.note(CLASHES, staffId, clashes);
  }

  /** @throws TOO_MANY_ATTEMPTS */
  async countTicket(actor: CandidateActor): Promise<void> {
    await this.limits.count(TICKETS, actor.accountId);
  }
}
