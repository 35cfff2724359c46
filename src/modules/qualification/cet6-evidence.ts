import { Injectable } from '@nestjs/common';
import { versionOf } from '../../platform/database/as-shown.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { Cet4ResultRepository } from './cet4-result.repository.js';
import type { Cet6Review } from './cet6-review.entity.js';
import type { Cet6Evidence } from './clean-review.rules.js';
import { documentKey } from './document.columns.js';
import type { StudentDetails } from './student-details.js';
import type { StudentRecord } from './student-record.entity.js';
import { StudentRecordRepository } from './student-record.repository.js';

/** A review with all there is to compare it with. */
export interface WeighedReview extends Cet6Evidence {
  review: Cet6Review;
  student: StudentDetails | null;
  /** Of the student on the roster now. */
  recordId: string | undefined;
}

/**
 * What whoever decides is shown: the claim, by its number too, and all that it is held against. Another one, and nobody
 * has looked at what would be decided.
 */
export function evidenceVersion({ review, result, student, recordId }: WeighedReview): string {
  const { id, submissions, submittedAt, ticketNumber, documentType, documentNumber, name } = review;
  const claim = [id, submissions, submittedAt, ticketNumber, documentType, documentNumber, name];
  return versionOf([claim, result, recordId ?? null, student]);
}

/** What the CET4 records and the roster say about reviews. */
@Injectable()
export class Cet6EvidenceOf {
  constructor(
    private readonly results: Cet4ResultRepository,
    private readonly records: StudentRecordRepository,
  ) {}

  /** In the order of the reviews; one statement for the results, one for the roster of each sitting. */
  async reviews(reader: Reader, reviews: readonly Cet6Review[]): Promise<WeighedReview[]> {
    const results = await this.results.byTicketNumbers(
      reader,
      reviews.map(({ ticketNumber }) => ticketNumber),
    );
    const byTicket = new Map(results.map((result) => [result.ticketNumber, result]));
    const byDocument = new Map<string, StudentRecord>();
    for (const sittingId of new Set(reviews.map((review) => review.sittingId))) {
      const numbers = reviews
        .filter((review) => review.sittingId === sittingId)
        .map(({ documentNumber }) => documentNumber);
      for (const record of await this.records.byDocumentNumbers(reader, sittingId, numbers)) {
        byDocument.set(`${sittingId} ${documentKey(record.details)}`, record);
      }
    }
    return reviews.map((review) => {
      const record = byDocument.get(`${review.sittingId} ${documentKey(review)}`);
      // who moved to another school is not this school's to look at
      const student = record?.details.schoolCode === review.schoolCode ? record : undefined;
      return {
        review,
        result: byTicket.get(review.ticketNumber) ?? null,
        student: student?.details ?? null,
        recordId: student?.id,
      };
    });
  }
}
