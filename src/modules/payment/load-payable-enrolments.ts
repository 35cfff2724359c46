import { Injectable } from '@nestjs/common';
import { firstRefusal } from '../../kernel/first-refusal.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import { type Fen, totalFen } from '../../kernel/money.js';
import type { ExamKind } from '../../kernel/words.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { type Enrolment, EnrolmentRepository } from '../registration/index.js';
import type { Sitting } from '../sitting/index.js';
import { PaymentBatchRepository } from './payment-batch.repository.js';
import { enrolmentCanBePaidCollectively } from './payment-batch.rules.js';

/** What a school has locked of one kind: what a transfer could pay for now, and what not, with the code why. */
export interface PayableEnrolments {
  payable: Enrolment[];
  totalFen: Fen;
  leftOut: { enrolment: Enrolment; reason: string }[];
}

/** R-PA-9: looks at everything a school has locked. */
@Injectable()
export class LoadPayableEnrolments {
  constructor(
    private readonly enrolments: EnrolmentRepository,
    private readonly batches: PaymentBatchRepository,
  ) {}

  async of(
    reader: Reader,
    { sitting, schoolCode, kind }: { sitting: Sitting; schoolCode: string; kind: ExamKind },
  ): Promise<PayableEnrolments> {
    const locked = await this.enrolments.lockedOf(reader, { sittingId: sitting.id, schoolCode, kind });
    const waiting = await this.batches.waiting(
      reader,
      locked.map(({ id }) => id),
    );
    const registrationIds = [...new Set(locked.map(({ registrationId }) => registrationId))];
    const live = groupedBy(
      await this.enrolments.liveOf(reader, ...registrationIds),
      ({ registrationId }) => registrationId,
    );
    const payable: Enrolment[] = [];
    const leftOut: PayableEnrolments['leftOut'] = [];
    for (const enrolment of locked) {
      const refused = firstRefusal(() =>
        enrolmentCanBePaidCollectively(
          {
            enrolment,
            live: live.get(enrolment.registrationId) ?? [],
            sitting,
            inABatch: waiting.has(enrolment.id),
          },
          reader.now,
        ),
      );
      if (refused) leftOut.push({ enrolment, reason: refused.code });
      else payable.push(enrolment);
    }
    return { payable, totalFen: totalFen(payable.map(({ feeFen }) => feeFen)), leftOut };
  }
}
