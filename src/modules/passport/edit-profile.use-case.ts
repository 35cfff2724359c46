import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AccountRepository } from './account.repository.js';
import { profileFrom, type TypedProfile } from './profile.js';
import { AccountShown } from './shown.dto.js';

/** R-PP-4: document and name on the account. A registration does not look at them. */
@Injectable()
export class EditProfile {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
  ) {}

  /** @throws DOCUMENT_TYPE_NOT_ACCEPTED, DOCUMENT_NUMBER_INVALID */
  execute({ profile }: { profile: TypedProfile }, actor: CandidateActor): Promise<AccountShown> {
    const checked = profileFrom(profile);
    return this.unitOfWork.run(async (tx) => {
      await this.accounts.setProfile(tx, actor.accountId, checked);
      return AccountShown.of(await this.accounts.load(tx, actor.accountId));
    });
  }
}
