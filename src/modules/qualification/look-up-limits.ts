import { Injectable } from '@nestjs/common';
import type { CandidateActor, StaffActor } from '../../kernel/actor.js';
import { type RateLimit, RateLimits } from '../../platform/http/rate-limits.js';

const TEN_MINUTES = 600;
const PER_ACCOUNT: RateLimit = { name: 'look-up-account', points: 30, seconds: TEN_MINUTES };
const HOUR = 3600;
const TICKETS: RateLimit = { name: 'cet6-ticket', points: 10, seconds: HOUR };
const DAY = 24 * HOUR;
/** A number that stands on a roster already: each tells staff that another school has this student. */
export const CLASHES: RateLimit = { name: 'roster-clash', points: 200, seconds: DAY };

/**
 * How often one may name a student, or a CET4 ticket, to see whether there is one: by account, each of which has a
 * mobile number of its own, and never by address, behind which a whole campus looks itself up on the first evening.
 */
@Injectable()
export class LookUpLimits {
  constructor(private readonly limits: RateLimits) {}

  /** For every call that answers whether a student exists. @throws TOO_MANY_ATTEMPTS */
  async countLookUp(actor: CandidateActor): Promise<void> {
    await this.limits.count(PER_ACCOUNT, actor.accountId);
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
