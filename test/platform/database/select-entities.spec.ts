import { Registration } from '../../../src/modules/registration/index.js';
import { Campus, Sitting, Venue } from '../../../src/modules/sitting/index.js';
import { placeholders, selectEntities } from '../../../src/platform/database/select-entities.js';
import { crowd } from '../../support/crowd.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

describe('Entities read by plain SQL', () => {
  it('are what TypeORM reads: times, flags, lists, nothings, and what stands in a row of another class', async () => {
    const { manager } = world.dataSource;
    const campus = await world.campus();
    const [listed, unpriced] = [
      await world.venue({ campus, admits: 'LISTED_SCHOOLS', admittedSchools: ['11001', '11002'] }),
      await world.venue({ campus, subject: '3', feeFen: null }),
    ];
    const rows = await selectEntities(
      manager,
      { venue: Venue, campus: Campus, sitting: Sitting },
      `FROM venue JOIN campus ON campus.code = venue.campus_code JOIN sitting ON sitting.id = venue.sitting_id
       WHERE venue.id IN (${placeholders([1, 2])}) ORDER BY venue.subject_code`,
      [listed.id, unpriced.id],
    );
    const sitting = await world.sitting();
    expect(rows).toEqual([
      { venue: await manager.findOneBy(Venue, { id: listed.id }), campus, sitting },
      { venue: await manager.findOneBy(Venue, { id: unpriced.id }), campus, sitting },
    ]);
    expect(rows[0]!.venue).toBeInstanceOf(Venue);

    const [candidate] = await crowd(world, { campus, size: 1 });
    const { accountId } = candidate!;
    const registered = await selectEntities(
      manager,
      { one: Registration },
      'FROM registration one WHERE account_id = ?',
      [accountId],
    );
    expect(registered).toEqual([{ one: await manager.findOneBy(Registration, { accountId }) }]);
    expect(registered[0]!.one.details.name).toBe(candidate!.record.details.name);
  });
});
