import { Injectable } from '@nestjs/common';
import { actorLabel } from '../../kernel/actor.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { SittingRepository } from '../sitting/index.js';
import { Cet4ResultRepository } from './cet4-result.repository.js';
import type { Cet6Review } from './cet6-review.entity.js';
import { aStudentHasBeenLookedUp, theReviewIsOffered, whatTheResultProves } from './cet6-review.rules.js';
import { LookedUpRecords } from './looked-up-records.repository.js';
import { Qualification } from './qualification.js';
import type { StudentDetails } from './student-details.js';
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

  /** The student the account looked up in the current sitting. @throws NO_CURRENT_SITTING, QUALIFICATION_NOT_QUERIED */
  async studentOf(
    reader: Reader,
    accountId: string,
  ): Promise<{ sittingId: string; student: StudentDetails }> {
    const { id: sittingId } = await this.sittings.current(reader);
    const seen = await this.lookedUp.of(reader, accountId, sittingId);
    const record = seen && (await this.records.byId(reader, seen.recordId));
    aStudentHasBeenLookedUp(record);
    return { sittingId, student: record.details };
  }

  /**
   * The review as this ticket makes it, approved or pending.
   * @throws NO_CURRENT_SITTING, QUALIFICATION_NOT_QUERIED, REVIEW_NOT_OFFERED, RESULT_NOT_FOUND
   */
  async weigh(
    tx: Tx,
    accountId: string,
    ticketNumber: string,
  ): Promise<Omit<Cet6Review, 'id' | 'submissions'>> {
    const { sittingId, student } = await this.studentOf(tx, accountId);
    const { cet6Review } = await this.qualification.of(tx, { sittingId, accountId, student });
    theReviewIsOffered(cet6Review);
    const state = whatTheResultProves(await this.results.byTicket(tx, ticketNumber), student);
    const decided = state === 'APPROVED';
    const { provinceCode, schoolCode, campusCode, documentType, documentNumber, name } = student;
    return {
      accountId,
      sittingId,
      ...{ provinceCode, schoolCode, campusCode, documentType, documentNumber, name },
      ticketNumber,
      state,
      submittedAt: tx.now,
      decidedAt: decided ? tx.now : null,
      decidedBy: decided ? actorLabel({ type: 'SYSTEM', cause: 'cet4-result' }) : null,
      reason: null,
    };
  }
}
