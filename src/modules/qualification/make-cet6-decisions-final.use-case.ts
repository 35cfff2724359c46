import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Cet6Decision } from './cet6-decision.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';

const BATCH = 200;

/** R-CR-6 and 7: what was decided ten seconds ago, and not taken back, is final: approval gives the qualification now. */
@Injectable()
export class MakeCet6DecisionsFinal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reviews: Cet6ReviewRepository,
    private readonly decision: Cet6Decision,
  ) {}

  /** Each in a transaction of its own, so that a killed run leaves whole ones; safe to run twice and side by side. */
  async execute(): Promise<{ final: number }> {
    for (let final = 0; ; ) {
      const ids = await this.reviews.due(this.unitOfWork.read(), BATCH);
      const before = final;
      for (const id of ids) if (await this.unitOfWork.run((tx) => this.decision.makeFinal(tx, id))) final++;
      // somebody else may be at the same ones
      if (ids.length < BATCH || final === before) return { final };
    }
  }
}
