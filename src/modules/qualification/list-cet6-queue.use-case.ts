import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { DAYS, later } from '../../kernel/clock.js';
import { scopeOf } from '../../kernel/scope.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cet6EvidenceOf, evidenceVersion } from './cet6-evidence.js';
import type { Cet6Review } from './cet6-review.entity.js';
import type { Cet6ReviewState } from './cet6-review.machine.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import { type NotClean, whyNotClean } from './clean-review.rules.js';

export interface Cet6QueueQuestion {
  state: Exclude<Cet6ReviewState, 'DELETED'>;
  /** Only those submitted so many days ago or earlier. */
  olderThanDays?: number;
  /** From 1, to `LAST_QUEUE_PAGE` at most. */
  page: number;
}

/** A page of the queue. */
export interface Cet6Queue {
  items: readonly { review: Cet6Review; notClean: NotClean | undefined; version: string }[];
  /** At most as many as the pages show. */
  total: number;
  perPage: number;
  now: Date;
}

const PER_PAGE = 50;

/** Whoever has more decides about the oldest first: what is behind comes into sight by itself. */
const MOST_COUNTED = 10_000;
export const LAST_QUEUE_PAGE = MOST_COUNTED / PER_PAGE;

/** R-CR-4: the reviews of one's scope, whoever waits longest first. */
@Injectable()
export class ListCet6Queue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reviews: Cet6ReviewRepository,
    private readonly evidence: Cet6EvidenceOf,
  ) {}

  async execute({ state, olderThanDays, page }: Cet6QueueQuestion, actor: StaffActor): Promise<Cet6Queue> {
    const reader = this.unitOfWork.read();
    const until = olderThanDays === undefined ? undefined : later(reader.now, -olderThanDays * DAYS);
    const { reviews, total } = await this.reviews.queue(reader, scopeOf(actor), {
      state,
      until,
      skip: (page - 1) * PER_PAGE,
      take: PER_PAGE,
      countedTo: MOST_COUNTED,
    });
    const weighed = await this.evidence.reviews(reader, reviews);
    const items = weighed.map((evidence) => ({
      review: evidence.review,
      notClean: whyNotClean(evidence),
      version: evidenceVersion(evidence),
    }));
    return { items, total, perPage: PER_PAGE, now: reader.now };
  }
}
