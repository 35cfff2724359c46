import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAYS, HOURS, later, toShanghaiText } from '../../../src/kernel/clock.js';
import { ImportVenues, ProvinceSetting, Venue } from '../../../src/modules/sitting/index.js';
import { StatementCounter } from '../../support/statement-counter.js';
import { World } from '../../support/world.js';

let world: World;
let folder: string;
const statements = new StatementCounter();
beforeAll(async () => {
  world = await World.open({}, statements);
  folder = mkdtempSync(join(tmpdir(), 'cet-venues-'));
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => world.reset());

/** Takes in a file of the authority with these cells. */
function takeIn(header: string, ...lines: string[]) {
  const file = join(folder, 'venues.csv');
  writeFileSync(file, `campus_code,subject,capacity,${header}\n${lines.join('\n')}\n`);
  return world.use(ImportVenues).execute({ file }, { type: 'SYSTEM', cause: 'import' });
}

/** What was refused, shortly: English column name, code. */
async function faultsOf(header: string, ...lines: string[]) {
  const { faults, stored } = await takeIn(header, ...lines);
  expect(stored).toBe(false);
  return faults.map(({ column, code }) => `${column?.split(' ').at(-1)} ${code}`);
}

const at = (milliseconds: number) => toShanghaiText(later(world.clock.now(), milliseconds));
const stored = ({ id }: Venue) => world.dataSource.manager.findOneByOrFail(Venue, { id });

describe('A file of venues keeps to what a school may set', () => {
  it('takes away neither the fee nor the exam time people enrolled by', async () => {
    const { campus, venue, candidate } = await world.openVenue();
    await candidate.enrols(venue);
    expect(await faultsOf('fee_yuan', `${campus.code},1,100,`)).toEqual(['fee_yuan VENUE_IN_USE']);
    expect(await faultsOf('exam_starts_at,exam_ends_at', `${campus.code},1,100,,`)).toEqual([
      'exam_starts_at VENUE_IN_USE',
    ]);
    expect(await takeIn('fee_yuan', `${campus.code},1,100,25`)).toMatchObject({ updated: 1 });
  });

  it('opens no English written exam to other schools (R-WE-3)', async () => {
    const { campus } = await world.openVenue();
    expect(await faultsOf('admits', `${campus.code},1,100,全部`)).toEqual(['admits CET_IS_TAKEN_AT_HOME']);
  });

  it('keeps to the province’s limits, and tells each of them', async () => {
    const campus = await world.campus();
    const { id: sittingId } = await world.sitting();
    await world.unitOfWork.run((tx) =>
      tx.manager.insert(ProvinceSetting, {
        sittingId,
        provinceCode: campus.provinceCode,
        oralFeeMostFen: 5000,
        oralExamsFrom: later(world.clock.now(), 20 * DAYS),
        oralExamsUntil: later(world.clock.now(), 25 * DAYS),
      }),
    );
    const header = 'fee_yuan,exam_starts_at,exam_ends_at,ticket_available_at';
    const times = `${at(26 * DAYS)},${at(27 * DAYS)},${at(10 * DAYS)}`;
    expect(await faultsOf(header, `${campus.code},F,100,50.01,${times}`)).toEqual([
      'fee_yuan FEE_ABOVE_PROVINCE_LIMIT',
      'exam_starts_at EXAM_OUTSIDE_PROVINCE_DAYS',
      'ticket_available_at ORAL_TICKET_TIME_IS_THE_PROVINCES',
    ]);
    const [fault] = (await takeIn('fee_yuan', `${campus.code},F,100,50.01`)).faults;
    expect(fault!.message.zh).toContain('不超过 ¥50.00');
  });
});

describe('A file of venues keeps to what a province may set', () => {
  it('lets no window outlast the exam or payment', async () => {
    await world.sitting({ paymentEndsAt: later(world.clock.now(), 20 * DAYS) });
    const { campus } = await world.openVenue();
    const line = `${campus.code},1,100,${at(-HOURS)}`;
    expect(await faultsOf('opens_at,closes_at', `${line},${at(31 * DAYS)}`)).toEqual([
      'closes_at EXAM_BEFORE_WINDOW_CLOSES',
      'closes_at WINDOW_OUTLASTS_PAYMENT',
    ]);
    expect(await takeIn('opens_at,closes_at', `${line},${at(20 * DAYS)}`)).toMatchObject({ updated: 1 });
  });

  it('neither empties a window people depend on nor stops their registration', async () => {
    const { campus, venue, candidate } = await world.openVenue({ subject: '3', seats: 1 });
    await candidate.enrols(venue);
    const header = 'opens_at,closes_at';
    const line = `${campus.code},3,1`;
    expect(await faultsOf(header, `${line},,`)).toEqual(['closes_at WINDOW_IN_USE']);
    expect(await faultsOf(header, `${line},${at(-2 * HOURS)},${at(-HOURS)}`)).toEqual([
      'closes_at WINDOW_IN_USE',
    ]);
    expect(await takeIn(header, `${line},${at(-HOURS)},${at(HOURS)}`)).toMatchObject({ updated: 1 });
  });

  it('so that whoever waits is served or closed (R-WL-8)', async () => {
    const { campus, candidate } = await world.openVenue({ seats: 0 });
    const venue = await world.venue({ campus, subject: '3', seats: 0 });
    await candidate.waitsFor(venue);
    await takeIn('opens_at,closes_at', `${campus.code},3,0,,`);
    world.clock.advance(60 * DAYS);
    await world.job('waitlist.allocate');
    await world.job('waitlist.close');
    expect(await world.seats(venue)).toMatchObject({ waiting: 0 });
  });

  it('lets windows go of which nobody has made use', async () => {
    const { campus, venue } = await world.openVenue();
    expect(await takeIn('opens_at,closes_at', `${campus.code},1,100,,`)).toMatchObject({ updated: 1 });
    expect(await stored(venue)).toMatchObject({ opensAt: null, closesAt: null });
  });
});

describe('A file of venues wakes the queues', () => {
  const awaited = async (was: () => Promise<boolean>) => {
    for (let tries = 0; tries < 100 && !(await was()); tries++) await new Promise((r) => setTimeout(r, 50));
    return was();
  };

  it('that may be served now, by a grown capacity or an opened window', async () => {
    const { campus, candidate } = await world.openVenue();
    const german = await world.venue({ campus, subject: '5', seats: 0 });
    await candidate.waitsFor(german);
    await takeIn('fee_yuan', `${campus.code},5,2,30`);
    expect(await awaited(async () => (await world.seats(german)).taken === 1)).toBe(true);

    const other = await world.registered({ campus });
    const french = await world.venue({ campus, subject: '9', seats: 0 });
    await other.waitsFor(french);
    await world.dataSource.manager.update(Venue, french.id, {
      opensAt: later(world.clock.now(), HOURS),
      capacity: 1,
    });
    await takeIn('opens_at,closes_at', `${campus.code},9,1,${at(-HOURS)},${at(DAYS)}`);
    expect(await awaited(async () => (await world.seats(french)).taken === 1)).toBe(true);
  });
});

it('venues, new or changed, are stored together: few statements, however many lines', async () => {
  await world.sitting();
  const campuses = [await world.campus(), await world.campus(), await world.campus()];
  const subjects = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
  const lines = (seats: number) =>
    campuses.flatMap(({ code }) => subjects.map((subject) => `${code},${subject},${seats},30`));
  for (const [seats, counts] of [
    [10, { inserted: 27 }],
    [20, { updated: 27 }],
  ] as const) {
    const { result, counted } = await statements.during(() => takeIn('fee_yuan', ...lines(seats)));
    expect(result).toMatchObject(counts);
    expect(counted.length).toBeLessThan(20);
  }
});
