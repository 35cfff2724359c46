import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AgreementRepository } from '../sitting/index.js';
import { AgreementAcceptanceRepository } from './agreement-acceptance.repository.js';

/** R-QU-1: how many accounts a new version of the agreement would ask again. */
@Injectable()
export class CountAcceptances {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agreements: AgreementRepository,
    private readonly acceptances: AgreementAcceptanceRepository,
  ) {}

  /** @throws NOT_YOUR_ROLE */
  async execute(actor: StaffActor): Promise<{ version: number; accounts: number }> {
    onlyStaffOf(actor, 'CENTRAL');
    const reader = this.unitOfWork.read();
    const { version } = await this.agreements.current(reader);
    return { version, accounts: await this.acceptances.count(reader, version) };
  }
}
