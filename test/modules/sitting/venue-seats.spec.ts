import { SeatLedgerLine, type Venue, VenueSeats } from '../../../src/modules/sitting/index.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const by = (venue: Venue, holderId: string) => ({ venueId: venue.id, holderId, cause: 'TEST' });
const seats = () => world.use(VenueSeats);
const ledger = (venue: Venue) =>
  world.dataSource.manager.find(SeatLedgerLine, { where: { venueId: venue.id }, order: { sequence: 'ASC' } });

it('claims seats until there are none, and says no without changing anything', async () => {
  const venue = await world.venue({ seats: 2 });
  const claims = ['a', 'b', 'c'].map((id) => world.unitOfWork.run((tx) => seats().claim(tx, by(venue, id))));
  expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(2);
  expect(await world.seats(venue)).toEqual({ capacity: 2, taken: 2, waiting: 0, sequence: 2 });
});

it('lets nobody pass those who wait, though a seat is free (R-WL-4)', async () => {
  const venue = await world.venue({ seats: 1 });
  await world.unitOfWork.run((tx) => seats().claim(tx, by(venue, 'first')));
  expect(await world.unitOfWork.run((tx) => seats().join(tx, by(venue, 'second')))).toBe(2);
  await world.unitOfWork.run((tx) => seats().release(tx, by(venue, 'first')));
  expect(await world.unitOfWork.run((tx) => seats().claim(tx, by(venue, 'newcomer')))).toBe(false);
  expect(await world.unitOfWork.run((tx) => seats().allocateAll(tx, venue.id, [by(venue, 'second')]))).toBe(
    true,
  );
  expect(await world.seats(venue)).toEqual({ capacity: 1, taken: 1, waiting: 0, sequence: 4 });
});

it('lets nobody join a queue while a seat is free and nobody waits', async () => {
  const venue = await world.venue({ seats: 1 });
  expect(await world.unitOfWork.run((tx) => seats().join(tx, by(venue, 'a')))).toBeUndefined();
  expect(await world.seats(venue)).toMatchObject({ waiting: 0, sequence: 0 });
});

it('does not shrink below the seats taken, and grows', async () => {
  const venue = await world.venue({ seats: 3 });
  for (const id of ['a', 'b']) await world.unitOfWork.run((tx) => seats().claim(tx, by(venue, id)));
  const resize = (capacity: number) =>
    world.unitOfWork.run((tx) => seats().resize(tx, { venueId: venue.id, capacity, cause: 'TEST' }));
  expect(await resize(1)).toBe(false);
  expect(await resize(2)).toBe(true);
  expect(await resize(5)).toBe(true);
  expect(await world.seats(venue)).toEqual({ capacity: 5, taken: 2, waiting: 0, sequence: 4 });
});

it('refuses to give back what nobody holds: the counts would not equal the rows', async () => {
  const venue = await world.venue({ seats: 1 });
  await expect(world.unitOfWork.run((tx) => seats().release(tx, by(venue, 'a')))).rejects.toThrow('RELEASE');
  await expect(world.unitOfWork.run((tx) => seats().leave(tx, by(venue, 'a')))).rejects.toThrow('LEAVE');
});

it('writes one ledger line a move, with the counts after it, and none for a move rolled back', async () => {
  const venue = await world.venue({ seats: 1 });
  await world.unitOfWork.run((tx) => seats().claim(tx, by(venue, 'a')));
  const rolledBack = world.unitOfWork.run(async (tx) => {
    await seats().release(tx, by(venue, 'a'));
    throw new Error('changed my mind');
  });
  await expect(rolledBack).rejects.toThrow('changed my mind');
  await world.unitOfWork.run((tx) => seats().join(tx, by(venue, 'b')));
  expect(await ledger(venue)).toMatchObject([
    { sequence: 1, move: 'CLAIM', holderId: 'a', capacity: 1, taken: 1, waiting: 0, cause: 'TEST' },
    { sequence: 2, move: 'JOIN', holderId: 'b', capacity: 1, taken: 1, waiting: 1 },
  ]);
});

it('is guarded by the database too: no writer can take more seats than there are', async () => {
  const venue = await world.venue({ seats: 1 });
  const { manager } = world.dataSource;
  await expect(manager.query(`UPDATE venue SET taken = 2 WHERE id = '${venue.id}'`)).rejects.toThrow();
  await expect(manager.query(`UPDATE venue SET waiting = -1 WHERE id = '${venue.id}'`)).rejects.toThrow();
});
