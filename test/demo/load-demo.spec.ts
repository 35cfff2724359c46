import { jest } from '@jest/globals';
import { LoadDemo } from '../../src/demo/load-demo.use-case.js';
import { DEMO_STUDENTS } from '../../src/demo/students.js';
import { HOURS, later } from '../../src/kernel/clock.js';
import { SUBJECT_CODES } from '../../src/kernel/words.js';
import { StudentRecord } from '../../src/modules/qualification/index.js';
import { AddSitting, ImportSchools, Notice, Sitting, Venue } from '../../src/modules/sitting/index.js';
import { openAccount } from '../support/passport.js';
import { TestCandidate, World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
afterEach(() => world.reset());

const load = () => world.use(LoadDemo).execute();
const venues = () => world.dataSource.manager.find(Venue);

it('opens a sitting of this half-year around now, with every subject offered somewhere', async () => {
  expect(await load()).toBe(true);
  const { body } = await world.http.get('/api/v1/sittings/current').expect(200);
  expect(body).toMatchObject({ number: 262, name: '2026年下半年全国大学英语四、六级考试（演示）' });
  expect(body.windows.map((window: { opensAt: string }) => window.opensAt)).toEqual([
    '2026-11-21T08:00:00.000+08:00',
    '2026-11-21T08:00:00.000+08:00',
  ]);
  const offered = await venues();
  expect(new Set(offered.map(({ subjectCode }) => subjectCode))).toEqual(new Set(SUBJECT_CODES));
  expect(offered.filter(({ capacity }) => capacity === 1)).not.toHaveLength(0);
  expect(offered.filter(({ capacity }) => capacity === 0)).not.toHaveLength(0);
  for (const { examStartsAt, closesAt } of offered)
    expect(examStartsAt === null || examStartsAt > closesAt!).toBe(true);
  const issuers = (await world.dataSource.manager.find(Notice)).map(({ issuer }) => issuer);
  expect(new Set(issuers)).toEqual(new Set(['CENTRAL', 'PROVINCE', 'SCHOOL']));
});

it('does nothing where there is a sitting, and nothing twice', async () => {
  await world.use(AddSitting).execute({ number: 271 }, { type: 'SYSTEM', cause: 'test' });
  expect(await load()).toBe(false);
  await world.reset();
  await load();
  const before = await venues();
  expect(await load()).toBe(false);
  expect(await venues()).toEqual(before);
});

it('is completed at the next start when it was killed half-way', async () => {
  const broken = jest.spyOn(ImportSchools.prototype, 'execute').mockRejectedValueOnce(new Error('killed'));
  await expect(load()).rejects.toThrow('killed');
  broken.mockRestore();
  expect(await world.dataSource.manager.find(Sitting)).toMatchObject([{ current: false }]);
  world.clock.advance(5 * HOURS);
  expect(await load()).toBe(true);
  expect(await world.dataSource.manager.find(Sitting)).toMatchObject([{ current: true }]);
  expect((await venues())[0]!.opensAt).toEqual(later(world.clock.now(), -1 * HOURS));
});

describe('Its students', () => {
  /** What the student with this name is told. */
  async function qualification(name: string) {
    const { documentType, documentNumber } = DEMO_STUDENTS.find((student) => student.name === name)!;
    const account = await openAccount(world.app);
    const candidate = new TestCandidate(
      world,
      account.accountId,
      account.token,
      account.phone,
      new StudentRecord(),
    );
    const { version } = (await candidate.get('/agreement').expect(200)).body;
    await candidate.post('/agreement/acceptance', { version });
    const answer = await candidate
      .post('/qualification/queries', { documentType, documentNumber, name })
      .expect(200);
    const codes = (subjects: { code: string }[]) => subjects.map(({ code }) => code).join('');
    return { candidate, subjects: codes(answer.body.qualifiedSubjects), body: answer.body };
  }

  it('show what is said of them', async () => {
    await load();
    expect((await qualification('陈思远')).subjects).toMatch(/^12.*FS$/);
    expect((await qualification('郎璐依珊')).subjects).toBe('13456789F');
    expect((await qualification('李欣怡')).subjects).toMatch(/^12/);
    expect((await qualification('阿依古丽·买买提')).subjects).toMatch(/^12/);
    expect((await qualification('赵子轩')).subjects).not.toMatch(/[12FS]/);

    const { candidate, subjects, body } = await qualification('王𬱖');
    expect(subjects).toMatch(/^1[^2]/);
    expect(body.cet6Review).toMatchObject({ offered: true });
    const review = await candidate.post('/cet6-review', { ticketNumber: '120010252101218' }).expect(201);
    expect(review.body).toMatchObject({ state: 'PENDING' });
  });
});
