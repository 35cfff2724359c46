import { SystemClock } from '../../src/kernel/clock.js';
import { Registration } from '../../src/modules/registration/index.js';
import { crowd } from '../support/crowd.js';
import { World } from '../support/world.js';
import { type AppProcess, CompiledApplication } from './app-process.js';

const PATIENCE_MS = 60_000;

let application: CompiledApplication;
let world: World;
let server: AppProcess;

beforeAll(async () => {
  application = await CompiledApplication.make();
  world = await World.open();
  world.clock.set(new SystemClock().now());
}, PATIENCE_MS);
afterAll(async () => {
  await server.kill();
  await world.close();
  await application.remove();
}, PATIENCE_MS);

it(
  'who is refused at the same moment as others are served does not end the process',
  async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus });
    const candidates = await crowd(world, { campus, size: 24 });
    const unregistered = candidates.filter((_, i) => i % 3 === 1);
    for (const { accountId } of unregistered)
      await world.dataSource.manager.delete(Registration, { accountId });
    server = await application.start({ ...world.config, role: 'api' });

    const statusOf = async ({ sessionToken }: { sessionToken: string }) => {
      const answer = await fetch(`${server.url}/api/v1/written/enrolments`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${sessionToken}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ venueIds: [venue.id] }),
      });
      return answer.status;
    };
    for (let time = 1; time <= 3; time++) {
      const statuses = await Promise.all(candidates.map(statusOf));
      const expected = candidates.map((one) => (unregistered.includes(one) ? 404 : time === 1 ? 201 : 409));
      expect(statuses).toEqual(expected);
    }
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  },
  PATIENCE_MS,
);
