import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RegistrationRepository, WaitlistEntryRepository, WaitlistShown } from '../registration/index.js';

/** 候补信息: waiting and ended entries apart, with the place in the queue (R-WL-7). */
@Injectable()
export class ListEntries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: RegistrationRepository,
    private readonly entries: WaitlistEntryRepository,
  ) {}

  /** @throws NOT_REGISTERED */
  async execute(actor: CandidateActor): Promise<WaitlistShown> {
    const reader = this.unitOfWork.read();
    const { registration } = await this.registrations.currentOf(reader, actor.accountId);
    return WaitlistShown.of(await this.entries.withPlaces(reader, registration.id));
  }
}
