import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AccountRepository } from './account.repository.js';
import { FirstSignIns } from './first-sign-ins.js';
import { AccountShown } from './shown.dto.js';

@Injectable()
export class ShowAccount {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly firstSignIns: FirstSignIns,
  ) {}

  async execute(actor: CandidateActor): Promise<AccountShown> {
    const reader = this.unitOfWork.read();
    const account = await this.accounts.load(reader, actor.accountId);
    return AccountShown.of(
      account,
      account.passwordMustChange ? await this.firstSignIns.of(reader, account) : undefined,
    );
  }
}
