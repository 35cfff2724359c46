import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Refuses } from '../../platform/http/refuses.js';
import { Together } from '../../platform/together.js';
import { MayRegister, type SignedInRequest } from '../passport/index.js';
import { AGREEMENT_NOT_ACCEPTED, theNewestAgreementIsAccepted } from './agreement.rules.js';
import { AgreementAcceptanceRepository } from './agreement-acceptance.repository.js';

/** Stands behind `SessionGuard`: a new version of the agreement asks everybody again (R-QU-1). */
@Injectable()
export class AgreementGuard implements CanActivate {
  private readonly accepted: Together<string, boolean>;

  constructor(unitOfWork: UnitOfWork, acceptances: AgreementAcceptanceRepository) {
    this.accepted = new Together(
      async (accountIds) => {
        const accepted = await acceptances.ofTheNewest(unitOfWork.read(), accountIds);
        return accountIds.map((id) => accepted.has(id));
      },
      { most: 200, rounds: 1 },
    );
  }

  /** @throws AGREEMENT_NOT_ACCEPTED */
  async canActivate(context: ExecutionContext): Promise<true> {
    const { actor } = context.switchToHttp().getRequest<SignedInRequest>();
    theNewestAgreementIsAccepted(await this.accepted.ask(actor.accountId));
    return true;
  }
}

/**
 * For candidates who may register and have accepted the newest agreement: everything of `MayRegister`, then this. On a
 * call or a whole controller, whose module imports `QualificationModule`.
 */
export function HasAgreed(): MethodDecorator & ClassDecorator {
  return applyDecorators(MayRegister(), UseGuards(AgreementGuard), Refuses(AGREEMENT_NOT_ACCEPTED));
}
