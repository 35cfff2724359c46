import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AgreementRepository } from '../sitting/index.js';
import { theVersionIsCurrent } from './agreement.rules.js';
import { AgreementAcceptanceRepository } from './agreement-acceptance.repository.js';

/** R-QU-1: version and time are kept. Accepting again changes nothing. */
@Injectable()
export class AcceptAgreement {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agreements: AgreementRepository,
    private readonly acceptances: AgreementAcceptanceRepository,
  ) {}

  /** Gives whether this call was the one that accepted it. @throws AGREEMENT_VERSION_OUTDATED */
  execute({ version }: { version: number }, actor: CandidateActor): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const current = await this.agreements.current(tx);
      theVersionIsCurrent(version, current.version);
      return this.acceptances.add(tx, actor.accountId, version);
    });
  }
}
