import { HOURS, later } from '../../src/kernel/clock.js';
import { Sitting } from '../../src/modules/sitting/index.js';
import { World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

test('The front page names the current sitting and when one registers, and leads on', async () => {
  const opensAt = world.clock.now();
  await world.venue({ opensAt, closesAt: later(opensAt, 24 * HOURS) });
  await world.venue({ subject: 'F', opensAt: later(opensAt, HOURS), closesAt: later(opensAt, 48 * HOURS) });
  const { text, headers } = await world.http.get('/').expect(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(text).toContain('2026年下半年全国大学英语四、六级考试');
  expect(text).toMatch(/笔试报名[\s\S]+2026-11-21 09:00[\s\S]+2026-11-22 09:00/);
  expect(text).toMatch(/口试报名[\s\S]+2026-11-21 10:00[\s\S]+2026-11-23 09:00/);
  expect(text).toContain('href="/api/docs"');
  expect(text).toContain('href="/admin"');
});

test('Between two sittings it says so', async () => {
  const { text } = await world.http.get('/').expect(200);
  expect(text).toContain('当前没有开放报名的考次');
});

test('Nothing but its own style sheet may run or load in it, whatever a sitting is called', async () => {
  const sitting = await world.sitting();
  await world.unitOfWork.run((tx) =>
    tx.manager.update(Sitting, { id: sitting.id }, { name: '<script src="https://evil.example"></script>' }),
  );
  const { text, headers } = await world.http.get('/').expect(200);
  expect(text).not.toContain('<script');
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
});

test("The API's page may load its own scripts, also where there is no https", async () => {
  const { headers } = await world.http.get('/api/docs').expect(200);
  expect(headers['content-security-policy']).toContain("script-src 'self'");
  expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
});
