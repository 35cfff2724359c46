import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { type Account, AccountRepository } from '../passport/index.js';
import { LookedUpRecords, StudentRecordRepository } from '../qualification/index.js';
import { type Registration, RegistrationRepository } from '../registration/index.js';
import type { OwnerProof } from './owner-change.entity.js';
import { theAccountIsFreeForIt, theAccountIsProvenTheStudents } from './owner-change.rules.js';

/** The account of the student whom a registration is about, and how the school knows. */
@Injectable()
export class ProvenOwner {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly records: StudentRecordRepository,
    private readonly lookedUp: LookedUpRecords,
    private readonly registrations: RegistrationRepository,
  ) {}

  /** The account that has bound this number. @throws OWNER_NOT_PROVEN, OWNER_HAS_IT, OWNER_REGISTERED_ALREADY */
  async at(
    reader: Reader,
    registration: Registration,
    { phone, inPerson }: { phone: string; inPerson: boolean },
  ): Promise<{ account: Account; proof: OwnerProof }> {
    const { sittingId, recordId } = registration;
    const account = await this.accounts.withPhone(reader, phone);
    const seen = account && (await this.lookedUp.of(reader, account.id, sittingId));
    const record = await this.records.byId(reader, recordId);
    const rosterPhone = record?.phone ?? null;
    const facts = { account, rosterPhone, lookedUpRecordId: seen?.recordId, recordId, inPerson };
    const proof = theAccountIsProvenTheStudents(facts);
    theAccountIsFreeForIt(
      registration,
      account!.id,
      await this.registrations.ofAccount(reader, sittingId, account!.id),
    );
    return { account: account!, proof };
  }
}
