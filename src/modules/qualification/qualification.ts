import { Injectable } from '@nestjs/common';
import type { SubjectCode } from '../../kernel/words.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import type { Cet6ReviewState } from './cet6-review.machine.js';
import {
  cet6ReviewIsOffered,
  type MissingSubject,
  type QualificationFacts,
  qualify,
} from './qualification.rules.js';
import {
  type Candidacy,
  type Candidate,
  QualificationFactsRepository,
} from './qualification-facts.repository.js';

/** Which subjects a candidate may take, which not and why, and where their CET6 review stands. */
export interface QualificationAnswer {
  qualified: SubjectCode[];
  missing: MissingSubject[];
  /** `state` only if the account's review is about this student and not deleted. */
  cet6Review: { offered: boolean; state?: Exclude<Cet6ReviewState, 'DELETED'> };
}

/** R-QU-3, asked with a roster's record or a registration's snapshot. */
@Injectable()
export class Qualification {
  constructor(private readonly facts: QualificationFactsRepository) {}

  /** One statement. */
  async of(reader: Reader, { sittingId, ...candidate }: Candidacy): Promise<QualificationAnswer> {
    const [answer] = await this.ofAll(reader, sittingId, [candidate]);
    return answer!;
  }

  /** Of each, in their order; still one statement. */
  async ofAll(
    reader: Reader,
    sittingId: string,
    candidates: readonly Candidate[],
  ): Promise<QualificationAnswer[]> {
    return (await this.facts.of(reader, sittingId, candidates)).map(answerFrom);
  }
}

function answerFrom(facts: QualificationFacts): QualificationAnswer {
  const { qualified, missing } = qualify(facts);
  const { reviewState } = facts;
  return {
    qualified,
    missing,
    cet6Review: {
      offered: cet6ReviewIsOffered(facts, missing),
      ...(reviewState && reviewState !== 'DELETED' ? { state: reviewState } : {}),
    },
  };
}
