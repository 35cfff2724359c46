import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AccountRepository } from './account.repository.js';
import { phoneIsFree } from './account.rules.js';
import { contactFrom } from './contact.rules.js';
import { OneTimeCodes } from './one-time-codes.js';
import { AccountShown } from './shown.dto.js';

/** R-PP-4: binds or changes the mobile number, with a code sent to the new one. */
@Injectable()
export class BindPhone {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly codes: OneTimeCodes,
    private readonly accounts: AccountRepository,
  ) {}

  /** @throws PHONE_INVALID, CODE_INVALID, PHONE_TAKEN, TOO_MANY_ATTEMPTS */
  async execute(command: { value: string; code: string }, actor: CandidateActor): Promise<AccountShown> {
    const phone = contactFrom('SMS', command.value, 'value');
    const code = await this.codes.check(phone, 'BIND_PHONE', command.code, actor.accountId);
    return this.unitOfWork.run(async (tx) => {
      await this.codes.spend(tx, code);
      phoneIsFree(await this.accounts.bindPhone(tx, actor.accountId, phone.target));
      return AccountShown.of(await this.accounts.load(tx, actor.accountId));
    });
  }
}
