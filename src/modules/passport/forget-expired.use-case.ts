import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ExpiredRepository, KEPT_FOR_A_TIME_KINDS, type KeptForATime } from './expired.repository.js';

const BATCH = 500;

/** Deletes ended sessions, codes and challenges past their time, and stored answers older than a day (R-JB-2). */
@Injectable()
export class ForgetExpired {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly expired: ExpiredRepository,
  ) {}

  /** How many rows of each kind were deleted. */
  async execute(): Promise<Record<KeptForATime, number>> {
    const deleted = { sessions: 0, codes: 0, challenges: 0, answers: 0 };
    for (const kind of KEPT_FOR_A_TIME_KINDS) {
      for (let batch = BATCH; batch === BATCH; deleted[kind] += batch) {
        batch = await this.unitOfWork.run((tx) => this.expired.deleteSome(tx, kind, BATCH));
      }
    }
    return deleted;
  }
}
