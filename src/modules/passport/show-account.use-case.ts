import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AccountRepository } from './account.repository.js';
import { AccountShown } from './shown.dto.js';

@Injectable()
export class ShowAccount {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
  ) {}

  async execute(actor: CandidateActor): Promise<AccountShown> {
    return AccountShown.of(await this.accounts.load(this.unitOfWork.read(), actor.accountId));
  }
}
