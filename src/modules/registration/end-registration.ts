import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { LookedUpRecords } from '../qualification/index.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import type { Registration } from './registration.entity.js';
import type { DeletionCause } from './registration.machine.js';
import { RegistrationRepository } from './registration.repository.js';
import { SeatHolding } from './seat-holding.js';
import { WaitlistEntryRepository } from './waitlist-entry.repository.js';

/** A registration of which nothing is paid goes: its seats go back, its waitlist entries end (R-QU-8). */
@Injectable()
export class EndRegistration {
  constructor(
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly entries: WaitlistEntryRepository,
    private readonly holding: SeatHolding,
    private readonly lookedUp: LookedUpRecords,
  ) {}

  /** It is locked, no order of it is open, and the caller's rules are held. `cause`: for the ledger. */
  async execute(
    tx: Tx,
    registration: Registration,
    { because, cause }: { because: DeletionCause; cause: string },
  ): Promise<void> {
    const enrolments = await this.enrolments.liveOf(tx, registration.id);
    const entries = await this.entries.waitingOf(tx, registration.id);
    const endings = [
      ...enrolments.map((enrolment) => ({
        venueId: enrolment.venueId,
        end: () => this.holding.endEnrolment(tx, enrolment, 'GIVEN_UP', cause),
      })),
      ...entries.map((entry) => ({
        venueId: entry.venueId,
        end: () => this.holding.endEntry(tx, entry, 'CANCELLED', 'REGISTRATION_DELETED', cause),
      })),
    ].sort((a, b) => (a.venueId < b.venueId ? -1 : 1));
    // before any venue is touched: a round that passes over this registration still holds its entry in the index
    await this.registrations.markDeleted(tx, registration, because);
    for (const { end } of endings) await end();
    await this.lookedUp.unconfirm(tx, registration.accountId, registration.sittingId);
  }
}
