import { jest } from '@jest/globals';
import { In } from 'typeorm';
import { FilledForm } from '../../src/admin/panel/filled-form.js';
import { PaymentBatch, PaymentBatchLine, PaymentBatchRepository } from '../../src/modules/payment/index.js';
import { HeldLevels } from '../../src/modules/registration/held-levels.repository.js';
import {
  Enrolment,
  EnrolmentRepository,
  OpenOrders,
  Registration,
  RegistrationRepository,
  WaitlistEntry,
  WaitlistEntryRepository,
} from '../../src/modules/registration/index.js';
import {
  type SeatCause,
  SeatLedgerLine,
  Sitting,
  Venue,
  VenueRepository,
  VenueSeats,
} from '../../src/modules/sitting/index.js';
import type { Tx } from '../../src/platform/database/unit-of-work.js';
import { engine } from '../support/engine.js';
import type { World } from '../support/world.js';

/**
 * The guards that keep races right, each switched off in the application under test until `jest.restoreAllMocks()`.
 * A race is only worth something if it is seen to fail without its guard.
 */
export const without = {
  /**
   * Seats are claimed by looking first and writing afterwards, as most systems do; what was seen is remembered for the
   * next few who ask, as a cache would.
   */
  conditionalClaim(world: World): void {
    const venues = world.use(VenueRepository);
    const { withPlaces } = venues;
    let seen: { venues: Awaited<ReturnType<typeof withPlaces>>; asked: number } | undefined;
    jest.spyOn(venues, 'withPlaces').mockImplementation(async (reader, ids) => {
      if (!seen || ++seen.asked > 7) seen = { venues: await withPlaces.call(venues, reader, ids), asked: 0 };
      return seen.venues;
    });
    jest.spyOn(world.use(VenueSeats), 'claimAll').mockImplementation(async (tx, causes) => {
      for (const cause of causes) await takeOneMore(tx, cause);
      return true;
    });
  },

  /** Whoever comes takes a free seat, whether others wait or not. */
  queueAhead(world: World): void {
    const venues = world.use(VenueRepository);
    const { withPlaces } = venues;
    jest.spyOn(venues, 'withPlaces').mockImplementation(async (reader, ids) => {
      const found = await withPlaces.call(venues, reader, ids);
      for (const venue of found.values()) venue.waiting = 0;
      return found;
    });
    jest.spyOn(world.use(VenueSeats), 'claimAll').mockImplementation(async (tx, causes) => {
      for (const cause of causes) {
        const { taken, capacity } = await tx.manager.findOneByOrFail(Venue, { id: cause.venueId });
        if (taken >= capacity) return false;
        await takeOneMore(tx, cause);
      }
      return true;
    });
  },

  /** The database's own check of the counts; for the rest of the spec file. */
  async countsCheck(world: World): Promise<void> {
    await world.dataSource.query(
      engine === 'sqlite'
        ? 'PRAGMA ignore_check_constraints = ON'
        : 'ALTER TABLE venue DROP CONSTRAINT venue_seats',
    );
  },

  /** Nobody locks the registration whose holdings they change. */
  registrationLock(world: World): void {
    const registrations = world.use(RegistrationRepository);
    jest
      .spyOn(registrations, 'lockIfActive')
      .mockImplementation((tx, id) => tx.manager.findOneBy(Registration, { id, state: 'ACTIVE' }));
    jest
      .spyOn(registrations, 'lockEvenIfDeleted')
      .mockImplementation((tx, id) => tx.manager.findOneBy(Registration, { id }));
    jest
      .spyOn(registrations, 'lockAll')
      .mockImplementation((tx, ids) =>
        tx.manager.findBy(Registration, { id: In([...ids]), state: 'ACTIVE' }),
      );
    jest.spyOn(registrations, 'lockFreeOnesOf').mockImplementation(async (tx, accountIds) => {
      const sitting = await tx.manager.findOneByOrFail(Sitting, { current: true });
      const found = await tx.manager.findBy(Registration, {
        accountId: In([...accountIds]),
        state: 'ACTIVE',
      });
      return found.map((registration) => ({ registration, sitting }));
    });
  },

  /** Payment batches and their lines are moved whatever has become of them meanwhile. */
  batchCompareAndSwap(world: World): void {
    without.lookAgain();
    const batches = world.use(PaymentBatchRepository);
    jest.spyOn(batches, 'move').mockImplementation(async (tx, { id }, to, changes) => {
      await tx.manager.update(PaymentBatch, { id }, { ...changes, state: to, decidedAt: tx.now });
      return true;
    });
    jest.spyOn(batches, 'moveLine').mockImplementation(async (tx, { id }, to, orderId) => {
      await tx.manager.update(PaymentBatchLine, { id }, { state: to, orderId });
      return true;
    });
  },

  /** What staff decide on is not compared with what they were shown. */
  lookAgain(): void {
    jest.spyOn(FilledForm.prototype, 'isOf').mockImplementation(() => undefined);
    jest.spyOn(FilledForm.prototype, 'isStillSo').mockImplementation(async () => undefined);
  },

  /** Waitlist entries are moved whatever has become of them meanwhile. */
  entryCompareAndSwap(world: World): void {
    jest
      .spyOn(world.use(WaitlistEntryRepository), 'move')
      .mockImplementation(async (tx, { id }, to, changes) => {
        await tx.manager.update(WaitlistEntry, { id }, { ...changes, state: to, endedAt: tx.now });
        return true;
      });
    jest.spyOn(world.use(WaitlistEntryRepository), 'allocated').mockImplementation(async (tx, became) => {
      for (const [id, enrolmentId] of became)
        await tx.manager.update(WaitlistEntry, { id }, { state: 'ALLOCATED', endedAt: tx.now, enrolmentId });
      return true;
    });
  },

  /** Enrolments are moved whatever has become of them meanwhile. */
  enrolmentCompareAndSwap(world: World): void {
    jest.spyOn(world.use(EnrolmentRepository), 'move').mockImplementation(async (tx, { id }, to, changes) => {
      await tx.manager.update(Enrolment, { id }, { ...changes, state: to });
      return true;
    });
  },

  /** Nobody heeds that the level is held already. */
  oneSubjectPerLevel(world: World): void {
    jest.spyOn(world.use(HeldLevels), 'take').mockResolvedValue(undefined);
  },

  /** Seats are taken from unpaid enrolments without closing their order at the platform first. */
  closingOrders(world: World): void {
    jest.spyOn(world.use(OpenOrders), 'settleOrClose').mockResolvedValue(undefined);
    jest.spyOn(world.use(OpenOrders), 'anyHolds').mockResolvedValue(false);
  },
};

async function takeOneMore(tx: Tx, { venueId, holderId, cause }: SeatCause): Promise<void> {
  await tx.manager.query('UPDATE venue SET taken = taken + 1, sequence = sequence + 1 WHERE id = ?', [
    venueId,
  ]);
  const { capacity, taken, waiting, sequence } = await tx.manager.findOneByOrFail(Venue, { id: venueId });
  const line = {
    venueId,
    sequence,
    move: 'CLAIM' as const,
    holderId,
    capacity,
    taken,
    waiting,
    happenedAt: tx.now,
    cause,
  };
  await tx.manager.insert(SeatLedgerLine, line);
}
