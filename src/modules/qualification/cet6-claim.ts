import { Injectable } from '@nestjs/common';
import { actorLabel } from '../../kernel/actor.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { SittingRepository } from '../sitting/index.js';
import { Cet4ResultRepository } from './cet4-result.repository.js';
import type { Cet6Review } from './cet6-review.entity.js';
import { aStudentHasBeenLookedUp, theReviewIsOffered, whatTheResultProves } from './cet6-review.rules.js';
import type { LookedUpRecord } from './looked-up-record.entity.js';
import { LookedUpRecords } from './looked-up-records.repository.js';
import { Qualification } from './qualification.js';
import type { Candidacy } from './qualification-facts.repository.js';
import { StudentRecordRepository } from './student-record.repository.js';

/** Whom an account's CET6 review is about, and what a CET4 ticket proves for them. */
@Injectable()
export class Cet6Claim {
  constructor(
    private readonly sittings: SittingRepository,
    private readonly lookedUp: LookedUpRecords,
    private readonly records: StudentRecordRepository,
    private readonly results: Cet4ResultRepository,
    private readonly qualification: Qualification,
  ) {}

  /** Whom the account looked up in the current sitting. @throws NO_CURRENT_SITTING, QUALIFICATION_NOT_QUERIED */
  async of(reader: Reader, accountId: string): Promise<Candidacy> {
    const { id: sittingId } = await this.sittings.current(reader);
    return this.candidacy(reader, accountId, await this.lookedUp.of(reader, accountId, sittingId));
  }

  /**
   * The same for whoever submits: two tabs do so one after the other, so that the second one finds the review of the
   * first. Lock it before the review. @throws NO_CURRENT_SITTING, QUALIFICATION_NOT_QUERIED
   */
  async lock(tx: Tx, accountId: string): Promise<Candidacy> {
    const { id: sittingId } = await this.sittings.current(tx);
    return this.candidacy(tx, accountId, await this.lookedUp.lock(tx, accountId, sittingId));
  }

  /** The review as this ticket makes it, approved or pending. @throws REVIEW_NOT_OFFERED, RESULT_NOT_FOUND */
  async weigh(
    tx: Tx,
    candidacy: Candidacy,
    ticketNumber: string,
  ): Promise<Omit<Cet6Review, 'id' | 'submissions'>> {
    const { accountId, sittingId, student } = candidacy;
    theReviewIsOffered((await this.qualification.of(tx, candidacy)).cet6Review);
    const state = whatTheResultProves(await this.results.byTicket(tx, ticketNumber), student);
    const decided = state === 'APPROVED';
    const { provinceCode, schoolCode, campusCode, documentType, documentNumber, name } = student;
    return {
      accountId,
      sittingId,
      provinceCode,
      schoolCode,
      campusCode,
      documentType,
      documentNumber,
      name,
      ticketNumber,
      state,
      submittedAt: tx.now,
      decidedAt: decided ? tx.now : null,
      decidedBy: decided ? actorLabel({ type: 'SYSTEM', cause: 'cet4-result' }) : null,
      reason: null,
      basis: null,
      given: null,
      finalAt: null,
    };
  }

  private async candidacy(
    reader: Reader,
    accountId: string,
    seen: LookedUpRecord | null,
  ): Promise<Candidacy> {
    const record = seen && (await this.records.byId(reader, seen.recordId));
    aStudentHasBeenLookedUp(record);
    return { accountId, sittingId: record.sittingId, student: record.details };
  }
}
