import { toShanghai } from '../../kernel/clock.js';
import { Shown, ShownIfAny, TextField } from '../../platform/http/fields.js';
import type { Cet6ReviewState } from './cet6-review.machine.js';
import type { Cet6ReviewAnswer } from './show-cet6-review.use-case.js';

const STATE = { enum: ['PENDING', 'APPROVED', 'REJECTED'], enumName: 'Cet6ReviewState' };

export class Cet6ReviewBody {
  @TextField({
    description:
      '15-digit ticket number of a written CET4 from 2005 on, with 425 or more: campus 6, year 2, half 1, subject 1, room 3, seat 2',
    max: 60,
    example: '120010241100102',
  })
  ticketNumber: string;
}

/** CET6资格复核, as the confirmation page and the registration page show it (R-CR-8). */
export class Cet6ReviewStateShown {
  @Shown('Is a CET4 result all that is wanting for CET6? Then the button is shown')
  offered: boolean;
  @ShownIfAny('未复核, 通过, 未通过; absent when nothing was submitted for this student', STATE)
  state?: Exclude<Cet6ReviewState, 'DELETED'>;
}

/** The account's one review (R-CR-6). */
export class Cet6ReviewShown extends Cet6ReviewStateShown {
  @ShownIfAny('Whom it is about: the student looked up when it was submitted')
  name?: string;
  @ShownIfAny('The CET4 ticket it rests on', { example: '120010241100102' })
  ticketNumber?: string;
  @ShownIfAny('When it was submitted', { format: 'date-time' })
  submittedAt?: string;
  @ShownIfAny('When it was approved or rejected', { format: 'date-time' })
  decidedAt?: string;
  @ShownIfAny('What the school says about its decision')
  reason?: string;

  static of({ offered, review }: Cet6ReviewAnswer): Cet6ReviewShown {
    if (!review || review.state === 'DELETED') return { offered };
    const { state, name, ticketNumber, submittedAt, decidedAt, reason } = review;
    return {
      offered,
      state,
      name,
      ticketNumber,
      submittedAt: toShanghai(submittedAt),
      ...(decidedAt ? { decidedAt: toShanghai(decidedAt) } : {}),
      ...(reason ? { reason } : {}),
    };
  }
}
