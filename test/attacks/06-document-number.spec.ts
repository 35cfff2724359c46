import type { StaffActor } from '../../src/kernel/actor.js';
import { newId } from '../../src/kernel/ids.js';
import {
  DecideCollectiveRegistration,
  StartCollectiveRegistration,
} from '../../src/modules/collective-registration/index.js';
import { INITIAL_PASSWORD } from '../../src/modules/passport/index.js';
import type { StudentRecord } from '../../src/modules/qualification/index.js';
import type { Campus } from '../../src/modules/sitting/index.js';
import { callsOf, documentOf } from '../support/api-calls.js';
import { anyPhone, obtainCode, signIn } from '../support/passport.js';
import { World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const teacherOf = ({ schoolCode, provinceCode }: Campus): StaffActor => ({
  type: 'STAFF',
  staffId: 'a-teacher',
  role: 'SCHOOL',
  schoolCode,
  provinceCode,
});

/** The school enrols these students of its in English 4, as its list would. */
async function enrolledByTheirSchool(campus: Campus, ...students: StudentRecord[]): Promise<void> {
  const teacher = teacherOf(campus);
  const numbers = students.map(({ details }) => details.documentNumber).join('\n');
  const list = await world
    .use(StartCollectiveRegistration)
    .execute({ numbers, subjectCode: '1', locks: false }, teacher);
  await world.job('collective-registration.work-off');
  await world.use(DecideCollectiveRegistration).execute({ id: list.id, enrol: true }, teacher);
  await world.job('collective-registration.work-off');
}

/** A student whom their school has enrolled, and who has not signed in yet. */
async function aStudentOnAList() {
  const campus = await world.campus();
  const venue = await world.venue({ campus });
  const student = await world.record({ campus });
  await enrolledByTheirSchool(campus, student);
  return { campus, venue, student, number: student.details.documentNumber };
}

/** Speaks to the API as whoever has this token. */
function withToken(token: string) {
  return (method: string, path: string, body: object = {}) =>
    world.http[method.toLowerCase() as 'get'](`/api/v1${path}`).auth(token, { type: 'bearer' }).send(body);
}

/** What a session with the initial password may call: the change of it, whose it is, and the way out. */
const OPENED = [
  'GET /api/v1/passport/account',
  'PUT /api/v1/passport/account/password',
  'DELETE /api/v1/passport/sessions/current',
];

describe('Whoever knows a document number and that the initial password is 123456', () => {
  it('bound a phone, an address and a profile of their own before any password was changed; opens its change alone now', async () => {
    const { number } = await aStudentOnAList();
    const ask = withToken(await signIn(world.app, number, INITIAL_PASSWORD));

    const answers = [];
    for (const { method, path, name, operation } of callsOf(documentOf(world.app))) {
      if (!('security' in operation) || OPENED.includes(name)) continue;
      const answer = await ask(method, path.replace('/api/v1', '').replace(/\{\w+\}/g, newId()));
      answers.push([name, answer.status, answer.body.code]);
    }

    expect(answers.length).toBeGreaterThan(25);
    expect(answers.filter(([, status, code]) => status !== 403 || code !== 'PASSWORD_MUST_CHANGE')).toEqual(
      [],
    );
    await ask('DELETE', '/passport/sessions/current').expect(204);
  });

  it('is asked of every call of the passport whether it opens: those without a session are these', () => {
    const open = callsOf(documentOf(world.app))
      .filter(({ path, operation }) => path.includes('/passport/') && !('security' in operation))
      .map(({ name }) => name.replace('/api/v1/passport', ''));
    expect(open.sort()).toEqual([
      'POST /accounts',
      'POST /challenges',
      'POST /codes',
      'POST /password-resets',
      'POST /sessions',
    ]);
  });

  it('kept a phone bound that way, also with a code that was right', async () => {
    const { number } = await aStudentOnAList();
    const ask = withToken(await signIn(world.app, number, INITIAL_PASSWORD));
    const phone = anyPhone();
    const code = await obtainCode(world.app, { target: phone, purpose: 'BIND_PHONE' });

    const bound = await ask('PUT', '/passport/account/phone', { value: phone, code });

    expect([bound.status, bound.body.code]).toEqual([403, 'PASSWORD_MUST_CHANGE']);
    expect((await ask('GET', '/passport/account')).body.phoneBound).toBe(false);
  });

  it('read the student’s name, who had shown a number only', async () => {
    const { student, number } = await aStudentOnAList();
    const ask = withToken(await signIn(world.app, number, INITIAL_PASSWORD));
    const { body } = await ask('GET', '/passport/account').expect(200);
    expect(body).toEqual({
      id: expect.any(String),
      emailProven: false,
      phoneBound: false,
      passwordMustChange: true,
      createdAt: expect.any(String),
    });
    expect(JSON.stringify(body)).not.toContain(student.details.name);
  });

  it('was one of two at the same moment, and both got in: one does, the other’s session ends', async () => {
    const { number } = await aStudentOnAList();
    const [one, other] = [
      withToken(await signIn(world.app, number, INITIAL_PASSWORD)),
      withToken(await signIn(world.app, number, INITIAL_PASSWORD)),
    ];
    const answers = await Promise.all(
      [one, other].map((ask, i) =>
        ask('PUT', '/passport/account/password', {
          currentPassword: INITIAL_PASSWORD,
          newPassword: `quite-my-own-${i}`,
        }),
      ),
    );
    const [first, second] = answers[0]!.status === 204 ? [one, other] : [other, one];
    expect(answers.map(({ status }) => status).sort()).toEqual([204, expect.any(Number)]);
    expect(answers.some(({ status }) => status === 204)).toBe(true);
    await first('GET', '/passport/account').expect(200);
    expect((await second('GET', '/passport/account')).body.code).toBe('NOT_SIGNED_IN');
  });
});
