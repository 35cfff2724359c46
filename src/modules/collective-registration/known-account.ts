import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { AccountRepository } from '../passport/index.js';
import { type StudentRecord, StudentRecordRepository } from '../qualification/index.js';
import { RegistrationRepository } from '../registration/index.js';
import type { Sitting } from '../sitting/index.js';

/** Which account is a student's own already, as far as a school can know (R-PP-7). */
@Injectable()
export class KnownAccount {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly records: StudentRecordRepository,
    private readonly registrations: RegistrationRepository,
  ) {}

  /**
   * The one that has proven the number which the roster has for this student and for nobody else; else the one that
   * stands registered as the student, unless a school has released the student from it, or the roster has another number
   * for them: then nobody knows who that is.
   */
  async of(reader: Reader, sitting: Sitting, { details, phone }: StudentRecord): Promise<string | undefined> {
    const reached = phone === null ? undefined : await this.reachedAt(reader, sitting, details, phone);
    if (reached) return reached;
    const confirmedBy = await this.registrations.accountConfirmedAs(reader, details);
    if (confirmedBy === undefined) return undefined;
    const released = await this.registrations.releasedFrom(reader, details);
    if (released.some(({ accountId }) => accountId === confirmedBy)) return undefined;
    if (phone === null) return confirmedBy;
    const account = await this.accounts.find(reader, confirmedBy);
    return account?.phone === phone ? confirmedBy : undefined;
  }

  private async reachedAt(
    reader: Reader,
    sitting: Sitting,
    { documentNumber }: StudentRecord['details'],
    phone: string,
  ): Promise<string | undefined> {
    const account = await this.accounts.withPhone(reader, phone);
    if (!account) return undefined;
    const login = account.loginDocumentNumber;
    if (login !== null && login !== documentNumber) return undefined;
    if ((await this.records.countWithPhone(reader, sitting.id, phone)) > 1) return undefined;
    if (await this.registrations.ofAccount(reader, sitting.id, account.id)) return undefined;
    return account.id;
  }
}
