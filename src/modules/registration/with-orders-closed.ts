import { Injectable } from '@nestjs/common';
import { type Reader, type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { TRY_AGAIN } from '../../platform/http/refusals.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { OpenOrders } from './open-orders.js';
import type { Registration } from './registration.entity.js';
import { RegistrationRepository } from './registration.repository.js';
import { theRegistrationIsTheirs } from './registration.rules.js';

const ATTEMPTS = 3;

/** Takes seats from unpaid enrolments only when nobody can pay for them any more (R-PA-7). */
@Injectable()
export class WithOrdersClosed {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OpenOrders,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
  ) {}

  /**
   * Closes, at the platform too, whatever orders hold these enrolments, or all that the registration holds by then;
   * then runs `work` with the registration locked and no order open. The caller has checked its rules before, because a
   * refusal must not close an order, and checks them again in `work`. Of a registration that was found by its account it
   * must be that account's still: its school may have moved it meanwhile.
   * @throws GATEWAY_UNAVAILABLE, NOT_REGISTERED, TRY_AGAIN when somebody keeps opening orders meanwhile
   */
  async run<T>(
    { id: registrationId, accountId }: Pick<Registration, 'id'> & Partial<Pick<Registration, 'accountId'>>,
    enrolmentIds: readonly string[] | 'ALL',
    work: (tx: Tx, registration: Registration) => Promise<T>,
  ): Promise<T> {
    const heldBy = async (reader: Reader) =>
      enrolmentIds === 'ALL' ? this.liveIds(reader, registrationId) : enrolmentIds;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      await this.orders.settleOrClose(await heldBy(this.unitOfWork.read()));
      const done = await this.unitOfWork.run(async (tx) => {
        const registration = await this.registrations.lock(tx, registrationId);
        if (accountId !== undefined) theRegistrationIsTheirs(registration, accountId);
        if (await this.orders.anyHolds(tx, await heldBy(tx))) return undefined;
        return { result: await work(tx, registration) };
      });
      if (done) return done.result;
    }
    throw TRY_AGAIN({ retryAfterSeconds: 1 });
  }

  private async liveIds(reader: Reader, registrationId: string): Promise<string[]> {
    return (await this.enrolments.liveOf(reader, registrationId)).map(({ id }) => id);
  }
}
