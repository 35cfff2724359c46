import { Campus } from '../../../src/modules/sitting/index.js';
import { textHas } from '../../../src/platform/database/dialect.js';
import { World } from '../../support/world.js';

const NAMES = ['金融_1班', '金融A1班', '金融!1班', '100%', '1000', 'C:\\校区', 'C:校区', "a'b"];

let world: World;
beforeAll(async () => {
  world = await World.open();
  const campus = await world.campus();
  const campuses = NAMES.map((name, i) => ({ ...campus, code: `11999${i}`, name }));
  await world.dataSource.manager.insert(Campus, campuses);
});
afterAll(() => world.close());

test.each<[string, 'ANYWHERE' | 'AT_ITS_BEGINNING', string[]]>([
  ['金融_1', 'ANYWHERE', ['金融_1班']],
  ['_', 'ANYWHERE', ['金融_1班']],
  ['%', 'ANYWHERE', ['100%']],
  ['100%', 'AT_ITS_BEGINNING', ['100%']],
  ['0%', 'AT_ITS_BEGINNING', []],
  ['\\', 'ANYWHERE', ['C:\\校区']],
  ['C:\\', 'AT_ITS_BEGINNING', ['C:\\校区']],
  ['!', 'ANYWHERE', ['金融!1班']],
  ["'", 'ANYWHERE', ["a'b"]],
  ['100', 'AT_ITS_BEGINNING', ['100%', '1000']],
])('%s is found %s as it stands', async (typed, where, expected) => {
  const found = await world.dataSource.manager.find(Campus, {
    where: { name: textHas('typed', typed, where) },
    order: { code: 'ASC' },
  });
  expect(found.map(({ name }) => name)).toEqual(expected);
});
