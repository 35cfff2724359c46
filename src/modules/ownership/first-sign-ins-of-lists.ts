import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { type Account, type FirstSignIn, FirstSignIns } from '../passport/index.js';
import { type StudentRecord, StudentRecordRepository } from '../qualification/index.js';
import { RegistrationRepository } from '../registration/index.js';
import { SittingRepository, VenueRepository } from '../sitting/index.js';
import { type InitialPasswordFacts, initialPasswordOpens } from './initial-password.rules.js';

/** R-PP-7: what the passport asks about an account that a school's list has opened and nobody has come into yet. */
@Injectable()
export class FirstSignInsOfLists extends FirstSignIns {
  constructor(
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
    private readonly records: StudentRecordRepository,
    private readonly registrations: RegistrationRepository,
  ) {
    super();
  }

  async of(reader: Reader, account: Account): Promise<FirstSignIn> {
    const sitting = await this.sittings.currentIfAny(reader);
    if (!sitting) return { opens: false };
    const record = await this.recordOf(reader, sitting.id, account);
    const registration = await this.registrations.ofAccount(reader, sitting.id, account.id);
    let list: InitialPasswordFacts['list'];
    if (registration) {
      const { campusCode } = registration.details;
      list = { sitting, venues: await this.venues.ofCampuses(reader, sitting.id, [campusCode]) };
    }
    const phone = record?.phone ?? null;
    const opens = initialPasswordOpens({ list, phone, resetAt: account.resetAt }, reader.now);
    return { opens, ...(phone === null ? {} : { phone }) };
  }

  /** The student as whom the account signs in, on the roster as it stands now. */
  private async recordOf(
    reader: Reader,
    sittingId: string,
    { loginDocumentType, loginDocumentNumber }: Account,
  ): Promise<StudentRecord | null> {
    if (loginDocumentType === null || loginDocumentNumber === null) return null;
    const document = { documentType: loginDocumentType, documentNumber: loginDocumentNumber };
    return this.records.byDocument(reader, sittingId, document);
  }
}
