import { jest } from '@jest/globals';
import {
  Enrolment,
  EnrolmentRepository,
  LevelClaim,
  OpenOrders,
  Registration,
  RegistrationRepository,
  WaitlistEntry,
  WaitlistEntryRepository,
} from '../../src/modules/registration/index.js';
import { LevelClaimRepository } from '../../src/modules/registration/level-claim.repository.js';
import { type SeatCause, SeatLedgerLine, Venue, VenueSeats } from '../../src/modules/sitting/index.js';
import { isUniqueViolation } from '../../src/platform/database/dialect.js';
import type { Tx } from '../../src/platform/database/unit-of-work.js';
import { engine } from '../support/engine.js';
import type { World } from '../support/world.js';

/**
 * The guards that keep races right, each switched off in the application under test until `jest.restoreAllMocks()`.
 * A race is only worth something if it is seen to fail without its guard.
 */
export const without = {
  /**
   * Seats are claimed by looking first and writing afterwards, as most systems do. On SQLite, where one transaction
   * follows the other, what was seen is remembered for the next few who ask, as a cache would.
   */
  conditionalClaim(world: World): void {
    const seen = new Map<string, { venue: Venue; asked: number }>();
    const look = async (tx: Tx, id: string) => {
      const remembered = seen.get(id);
      if (engine === 'sqlite' && remembered && ++remembered.asked < 7) return remembered.venue;
      const venue = await tx.manager.findOneByOrFail(Venue, { id });
      seen.set(id, { venue, asked: 0 });
      return venue;
    };
    jest.spyOn(world.use(VenueSeats), 'claim').mockImplementation(async (tx, cause) => {
      const { waiting, taken, capacity } = await look(tx, cause.venueId);
      if (waiting > 0 || taken >= capacity) return false;
      await takeOneMore(tx, cause);
      return true;
    });
  },

  /** Whoever comes takes a free seat, whether others wait or not. */
  queueAhead(world: World): void {
    jest.spyOn(world.use(VenueSeats), 'claim').mockImplementation(async (tx, cause) => {
      const { taken, capacity } = await tx.manager.findOneByOrFail(Venue, { id: cause.venueId });
      if (taken >= capacity) return false;
      await takeOneMore(tx, cause);
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
    jest
      .spyOn(world.use(RegistrationRepository), 'lockIfActive')
      .mockImplementation((tx, id) => tx.manager.findOneBy(Registration, { id, state: 'ACTIVE' }));
  },

  /** Waitlist entries, and the level each holds, are moved whatever has become of them meanwhile. */
  entryCompareAndSwap(world: World): void {
    jest
      .spyOn(world.use(WaitlistEntryRepository), 'move')
      .mockImplementation(async (tx, { id }, to, changes) => {
        await tx.manager.update(WaitlistEntry, { id }, { ...changes, state: to, endedAt: tx.now });
        return true;
      });
    jest.spyOn(world.use(LevelClaimRepository), 'pass').mockImplementation(async (tx, entryId, claim) => {
      const { holder, holderId } = claim;
      await tx.manager.update(LevelClaim, { holderId: entryId }, { holder, holderId });
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
    jest.spyOn(world.use(LevelClaimRepository), 'take').mockImplementation(async (tx, claim) => {
      try {
        await tx.manager.insert(LevelClaim, claim);
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
      }
    });
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
