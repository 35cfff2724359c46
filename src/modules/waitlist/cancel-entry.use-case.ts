import { Injectable } from '@nestjs/common';
import { actorLabel, type CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  type CancellationReason,
  RegistrationRepository,
  SeatHolding,
  WaitlistEntryRepository,
  WaitlistEntryShown,
} from '../registration/index.js';
import { ENTRY_NOT_WAITING, entryStillWaits } from './waiting.rules.js';

/** 取消候补, with one of the five reasons; queueing again starts at the end (R-WL-6). */
@Injectable()
export class CancelEntry {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: RegistrationRepository,
    private readonly entries: WaitlistEntryRepository,
    private readonly holding: SeatHolding,
  ) {}

  /** @throws NOT_REGISTERED, NOT_FOUND, ENTRY_NOT_WAITING */
  async execute(
    { entryId, reason }: { entryId: string; reason: CancellationReason },
    actor: CandidateActor,
  ): Promise<WaitlistEntryShown> {
    const registration = await this.unitOfWork.run(async (tx) => {
      const { registration } = await this.registrations.lockCurrentOf(tx, actor.accountId);
      const entry = await this.entries.ofRegistration(tx, registration.id, entryId);
      entryStillWaits(entry);
      const ended = await this.holding.endEntry(tx, entry, 'CANCELLED', reason, actorLabel(actor));
      if (!ended) throw ENTRY_NOT_WAITING();
      return registration;
    });
    const shown = await this.entries.withPlaces(this.unitOfWork.read(), registration.id);
    return WaitlistEntryShown.of(shown.find(({ id }) => id === entryId)!);
  }
}
