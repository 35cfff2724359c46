import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Agreement, AgreementRepository } from '../sitting/index.js';
import { AgreementAcceptanceRepository } from './agreement-acceptance.repository.js';

export interface AgreementAnswer {
  agreement: Agreement;
  acceptedAt?: Date;
}

/** R-QU-1: the agreement in force, and whether this account has accepted it. */
@Injectable()
export class ShowAgreement {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agreements: AgreementRepository,
    private readonly acceptances: AgreementAcceptanceRepository,
  ) {}

  async execute(actor: CandidateActor): Promise<AgreementAnswer> {
    const reader = this.unitOfWork.read();
    const agreement = await this.agreements.current(reader);
    const acceptance = await this.acceptances.of(reader, actor.accountId, agreement.version);
    return { agreement, acceptedAt: acceptance?.acceptedAt };
  }
}
