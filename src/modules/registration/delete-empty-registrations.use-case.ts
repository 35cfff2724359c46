import { Injectable } from '@nestjs/common';
import { HOURS, later } from '../../kernel/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { LookedUpRecords } from '../qualification/index.js';
import { type Sitting, SittingRepository } from '../sitting/index.js';
import { RegistrationRepository } from './registration.repository.js';
import { holdsNothing } from './registration.rules.js';

const BATCH = 200;

/** R-QU-7: deletes registrations that have held no subject, and waited for none, for the policy's hours. */
@Injectable()
export class DeleteEmptyRegistrations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly registrations: RegistrationRepository,
    private readonly lookedUp: LookedUpRecords,
  ) {}

  /** Each in a transaction of its own, so that a killed run leaves whole ones; safe to run twice and side by side. */
  async execute(): Promise<{ deleted: number }> {
    let deleted = 0;
    for (const sitting of await this.sittings.all(this.unitOfWork.read())) {
      for (;;) {
        const ids = await this.due(sitting);
        for (const id of ids) if (await this.deleteIfStillEmpty(id, sitting)) deleted++;
        if (ids.length < BATCH) break;
      }
    }
    return { deleted };
  }

  private due(sitting: Sitting): Promise<string[]> {
    const reader = this.unitOfWork.read();
    return this.registrations.emptySince(reader, sitting.id, emptyLongEnough(sitting, reader.now), BATCH);
  }

  private deleteIfStillEmpty(id: string, sitting: Sitting): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const registration = await this.registrations.lockIfActive(tx, id);
      if (!registration || !holdsNothing(registration)) return false;
      if (registration.levelsHeldSince > emptyLongEnough(sitting, tx.now)) return false;
      const deleted = await this.registrations.markDeleted(tx, registration, 'EMPTY');
      await this.lookedUp.unconfirm(tx, registration.accountId, registration.sittingId);
      return deleted;
    });
  }
}

function emptyLongEnough(sitting: Sitting, now: Date): Date {
  return later(now, -sitting.emptyRegistrationHours * HOURS);
}
