import type { StaffActor } from '../../../src/kernel/actor.js';
import { DAYS, HOURS, later } from '../../../src/kernel/clock.js';
import { AuditLine } from '../../../src/modules/audit/index.js';
import { WaitlistEntry } from '../../../src/modules/registration/index.js';
import { Venue } from '../../../src/modules/sitting/index.js';
import {
  PreviewVenueWindows,
  SetVenueWindows,
  type SetVenueWindowsCommand,
  ShowVenueWindows,
} from '../../../src/modules/venue-window/index.js';
import { NINE_O_CLOCK as NOW } from '../../support/clock.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const PROVINCE: StaffActor = { type: 'STAFF', staffId: 'li', role: 'PROVINCE', provinceCode: '12' };
const CENTRAL: StaffActor = { type: 'STAFF', staffId: 'zhao', role: 'CENTRAL' };
const TEACHER: StaffActor = { type: 'STAFF', staffId: 'wang', role: 'SCHOOL', schoolCode: '12001' };
const [TOMORROW, NEXT_WEEK, NEXT_MONTH] = [later(NOW, DAYS), later(NOW, 7 * DAYS), later(NOW, 29 * DAYS)];

const set = async (command: Omit<SetVenueWindowsCommand, 'sittingId'>, actor = PROVINCE) =>
  world.use(SetVenueWindows).execute({ sittingId: (await world.sitting()).id, ...command }, actor);
const preview = async (command: Omit<SetVenueWindowsCommand, 'sittingId'>, actor = PROVINCE) =>
  world.use(PreviewVenueWindows).execute({ sittingId: (await world.sitting()).id, ...command }, actor);
const windowOf = async ({ id }: Venue) => {
  const { opensAt, closesAt } = await world.dataSource.manager.findOneByOrFail(Venue, { id });
  return { opensAt, closesAt };
};
const lines = () => world.unitOfWork.read().manager.find(AuditLine, { order: { id: 'ASC' } });
/** 09:00 now; one seat taken and not paid, one candidate waiting for it. */
async function aQueue() {
  const { campus, venue, candidate } = await world.openVenue({ seats: 1 });
  await candidate.enrols(venue);
  const second = await world.registered({ campus });
  const entry = await second.waitsFor(venue);
  return { campus, venue, candidate, second, entry };
}

describe('A province moves the windows of its campuses (R-AD)', () => {
  it('one campus, written apart from oral, and leaves a line of each venue', async () => {
    const campus = await world.campus();
    const written = await world.venue({ campus });
    const oral = await world.venue({ campus, subject: 'F' });
    const other = await world.venue();
    const window = { opensAt: NOW, closesAt: NEXT_WEEK };
    const done = await set({ campusCodes: [campus.code], changes: { WRITTEN: window } });
    expect(done).toEqual({ changed: 1, opened: 0, stopped: 0 });
    expect(await windowOf(written)).toEqual(window);
    expect(await windowOf(oral)).toEqual({ opensAt: oral.opensAt, closesAt: oral.closesAt });
    expect(await windowOf(other)).toEqual({ opensAt: other.opensAt, closesAt: other.closesAt });
    expect(await lines()).toMatchObject([
      {
        action: 'venue-window.set',
        rowId: written.id,
        provinceCode: '12',
        schoolCode: campus.schoolCode,
        actor: 'STAFF li',
        factsBefore: { opensAt: written.opensAt?.toISOString() },
        factsAfter: { opensAt: NOW.toISOString() },
      },
    ]);
  });

  it('all of its campuses at once, and none of another province', async () => {
    const own = [await world.venue(), await world.venue()];
    const foreign = await world.venue({ campus: await world.campus({ provinceCode: '15' }) });
    const change = { closesAt: TOMORROW };
    expect(await set({ campusCodes: 'ALL', changes: { WRITTEN: change, ORAL: change } })).toMatchObject({
      changed: 2,
    });
    for (const venue of own) expect(await windowOf(venue)).toEqual({ opensAt: venue.opensAt, ...change });
    expect(await windowOf(foreign)).toMatchObject({ closesAt: foreign.closesAt });
    expect(await set({ campusCodes: 'ALL', changes: { WRITTEN: change } }, CENTRAL)).toMatchObject({
      changed: 1,
    });
  });

  it('a campus of another province is not there, for a preview either; a school moves none (R-AD-1)', async () => {
    const own = await world.venue();
    const foreign = await world.venue({ campus: await world.campus({ provinceCode: '15' }) });
    const command = {
      campusCodes: [own.campusCode, foreign.campusCode],
      changes: { WRITTEN: { closesAt: TOMORROW } },
    };
    await expect(set(command)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(preview(command)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(set(command, TEACHER)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    await expect(preview(command, TEACHER)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    expect(await windowOf(own)).toMatchObject({ closesAt: own.closesAt });
  });

  it('a window over the exam, past the end of payment, or an oral before the written one, at any campus, changes none', async () => {
    await world.sitting({ paymentEndsAt: NEXT_MONTH });
    const good = await world.venue();
    const early = await world.venue({ examStartsAt: later(NOW, 2 * DAYS), examEndsAt: later(NOW, 3 * DAYS) });
    const oral = await world.venue({
      subject: 'F',
      campus: await world.campus({ schoolCode: early.schoolCode }),
    });
    const refused = async (changes: SetVenueWindowsCommand['changes']) =>
      set({ campusCodes: 'ALL', changes }).then(
        () => undefined,
        ({ code }) => code,
      );
    expect(await refused({ WRITTEN: { closesAt: later(NOW, 5 * DAYS) } })).toBe('EXAM_BEFORE_WINDOW_CLOSES');
    expect(await refused({ ORAL: { closesAt: later(NEXT_MONTH, HOURS) } })).toBe('WINDOW_OUTLASTS_PAYMENT');
    await world.venue({ campus: await world.campus({ schoolCode: '12999', code: '129990' }), subject: 'S' });
    await world.venue({
      campus: { provinceCode: '12', schoolCode: '12999', code: '129990' } as never,
      opensAt: TOMORROW,
    });
    expect(await refused({ ORAL: { opensAt: NOW } })).toBe('ORAL_OPENS_BEFORE_WRITTEN');
    for (const venue of [good, early, oral])
      expect(await windowOf(venue)).toMatchObject({ closesAt: venue.closesAt });
    expect(await lines()).toEqual([]);
  });
});

describe('Nobody is stranded by oversight', () => {
  it('the preview says whom it affects before anything is changed', async () => {
    const { campus, venue } = await aQueue();
    const { windows } = await preview({ campusCodes: 'ALL', changes: { WRITTEN: { closesAt: 'NOW' } } });
    expect(windows).toMatchObject([
      {
        campus: { code: campus.code },
        kind: 'WRITTEN',
        stops: true,
        opens: false,
        affected: { registrations: 2, unpaid: 1, waiting: 1, seatsForTheQueue: 0 },
      },
    ]);
    expect(await windowOf(venue)).toMatchObject({ closesAt: venue.closesAt });
  });

  it('stopping a running registration with people in it must be confirmed; then the queue ends at once', async () => {
    const { venue, entry, candidate } = await aQueue();
    const command = { campusCodes: 'ALL', changes: { WRITTEN: { closesAt: 'NOW' } } } as const;
    await expect(set(command)).rejects.toMatchObject({ code: 'WINDOW_CLOSES_ON_PEOPLE' });
    expect(await windowOf(venue)).toMatchObject({ closesAt: venue.closesAt });
    expect(await set({ ...command, stoppingConfirmed: true })).toEqual({ changed: 1, opened: 0, stopped: 1 });
    expect(await windowOf(venue)).toMatchObject({ closesAt: NOW });
    await world.job('waitlist.close');
    const { state } = await world.dataSource.manager.findOneByOrFail(WaitlistEntry, { id: entry.id });
    expect(state).toBe('CLOSED');
    // what is enrolled can still be paid
    await candidate.pays();
  });

  it('putting the opening off counts as stopping', async () => {
    await aQueue();
    const command = { campusCodes: 'ALL', changes: { WRITTEN: { opensAt: TOMORROW } } } as const;
    await expect(set(command)).rejects.toMatchObject({ code: 'WINDOW_CLOSES_ON_PEOPLE' });
  });

  it('a window that opens again hands free seats to those who wait', async () => {
    const { campus, venue, second } = await aQueue();
    const closed = { opensAt: later(NOW, -2 * DAYS), closesAt: later(NOW, -1) };
    await world.dataSource.manager.update(Venue, { id: venue.id }, { ...closed, capacity: 2 });
    const command = { campusCodes: [campus.code], changes: { WRITTEN: { closesAt: NEXT_WEEK } } };
    const { windows } = await preview(command);
    expect(windows).toMatchObject([{ opens: true, affected: { waiting: 1, seatsForTheQueue: 1 } }]);
    expect(await set(command)).toMatchObject({ opened: 1 });
    await world.job('waitlist.allocate', { venueId: venue.id });
    expect((await second.page()).written.enrolments).toMatchObject([{ state: 'UNPAID' }]);
  });
});

describe('Everybody sees the windows of their own', () => {
  it('by campus and kind, with seats; a school its own campuses only', async () => {
    const campus = await world.campus({ schoolCode: '12001', code: '120010' });
    const first = await world.venue({ campus, seats: 3 });
    await world.venue({ campus, subject: '2', seats: 4, closesAt: NEXT_MONTH });
    await world.venue();
    const { id: sittingId } = await world.sitting();
    const show = (actor: StaffActor) => world.use(ShowVenueWindows).execute({ sittingId }, actor);
    expect(await show(TEACHER)).toMatchObject({
      campuses: [
        {
          code: '120010',
          schoolCode: '12001',
          windows: {
            WRITTEN: {
              opensAt: first.opensAt,
              closesAt: NEXT_MONTH,
              mixed: true,
              subjects: 2,
              capacity: 7,
              taken: 0,
            },
          },
        },
      ],
    });
    expect((await show(PROVINCE)).campuses).toHaveLength(2);
    await expect(world.use(ShowVenueWindows).execute({ sittingId: 'none' }, CENTRAL)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
