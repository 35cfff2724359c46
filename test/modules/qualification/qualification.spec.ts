import { DAYS, later } from '../../../src/kernel/clock.js';
import { newId } from '../../../src/kernel/ids.js';
import type { SubjectCode } from '../../../src/kernel/words.js';
import {
  FindStudentRecord,
  LookedUpRecord,
  LookedUpRecords,
  Qualification,
  StudentRecord,
  SubjectListLine,
  SubjectRule,
} from '../../../src/modules/qualification/index.js';
import { Agreement, admitsSchool, Sitting, Venue } from '../../../src/modules/sitting/index.js';
import type { World } from '../../support/world.js';
import { anyResidentId, anyTicket, openStories, type Stories } from './stories.js';

let stories: Stories;
let world: World;
let sittingId: string;

beforeAll(async () => {
  stories = await openStories();
  ({ world, sittingId } = stories);
  await stories.campus('120010', '南开大学', '八里台校区');
  await stories.campus('120011', '南开大学', '津南校区');
  await stories.campus('120020', '天津大学');
  for (const subject of ['1', '2', 'F', 'S'] as const) await stories.venue('120010', subject);
  await stories.venue('120011', '1');
  await stories.venue('120020', '3', 'ALL_SCHOOLS');
  await stories.venue('120020', '5', 'LISTED_SCHOOLS', ['12003', '12001']);
  await stories.venue('120020', '7', 'LISTED_SCHOOLS', ['12003']);
  await stories.venue('120020', '9');
});
afterAll(() => world.close());

const codes = (subjects: { code: string }[]) => subjects.map(({ code }) => code);
const reasons = (body: { missingSubjects: { code: string; reason: string }[] }) =>
  Object.fromEntries(body.missingSubjects.map(({ code, reason }) => [code, reason]));

describe('R-QU-1: the agreement', () => {
  test('is read by whoever is signed in, in either language, in twelve points', async () => {
    await world.http.get('/api/v1/agreement').expect(401);
    await world.http.post('/api/v1/qualification/queries').expect(401);
    const candidate = await stories.candidate({ agreed: false, phone: null });
    const { body } = await candidate.get('/agreement').expect(200);
    expect(body).toMatchObject({ version: 1, accepted: false });
    expect(body.points).toHaveLength(12);
    expect(body.points[0]).toMatch(/^本报名网站/);
    expect(body.text).toMatch(/^1\. 本报名网站/);
    expect(body.publishedAt).toMatch(/\+08:00$/);
    expect(body).not.toHaveProperty('acceptedAt');
    const english = await candidate.get('/agreement').set('Accept-Language', 'en').expect(200);
    expect(english.body.points[0]).toMatch(/^This registration site/);
  });

  test('must be accepted before anything else; accepting it again changes nothing', async () => {
    const candidate = await stories.candidate({ agreed: false });
    const student = await stories.student();
    expect((await candidate.lookUp(student).expect(403)).body.code).toBe('AGREEMENT_NOT_ACCEPTED');
    expect((await candidate.get('/cet6-review').expect(403)).body.code).toBe('AGREEMENT_NOT_ACCEPTED');

    const first = await candidate.post('/agreement/acceptance', { version: 1 }).expect(201);
    expect(first.body).toMatchObject({ version: 1, accepted: true });
    world.clock.advance(60_000);
    const again = await candidate.post('/agreement/acceptance', { version: 1 }).expect(200);
    expect(again.body.acceptedAt).toBe(first.body.acceptedAt);
    await candidate.lookUp(student).expect(200);
  });

  test('is accepted twice at once: one of them was first, both are well', async () => {
    const candidate = await stories.candidate({ agreed: false });
    const answers = await Promise.all(
      [1, 2].map(() => candidate.post('/agreement/acceptance', { version: 1 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
  });

  test('comes after the password and the phone', async () => {
    const unbound = await stories.candidate({ agreed: false, phone: null });
    expect((await unbound.post('/agreement/acceptance', { version: 1 }).expect(403)).body.code).toBe(
      'PHONE_NOT_BOUND',
    );
    expect((await unbound.post('/qualification/queries', {}).expect(403)).body.code).toBe('PHONE_NOT_BOUND');
    const initial = await stories.candidate({ agreed: false, passwordMustChange: true });
    expect((await initial.post('/qualification/queries', {}).expect(403)).body.code).toBe(
      'PASSWORD_MUST_CHANGE',
    );
  });

  test.each([
    ['another version', { version: 7 }, 409, 'AGREEMENT_VERSION_OUTDATED'],
    ['no version', {}, 422, 'FIELD_INVALID'],
    ['a word', { version: 'one' }, 422, 'FIELD_INVALID'],
    ['something besides', { version: 1, agreed: true }, 422, 'FIELD_INVALID'],
  ])('%s is not accepted', async (_, body, status, code) => {
    const candidate = await stories.candidate({ agreed: false });
    expect((await candidate.post('/agreement/acceptance', body).expect(status)).body.code).toBe(code);
    expect((await candidate.get('/agreement')).body.accepted).toBe(false);
  });

  test('in a new version asks everybody again, from the moment it is published', async () => {
    const candidate = await stories.candidate();
    const publishedAt = later(world.clock.now(), 1 * DAYS);
    const next = { version: 2, textZh: '1. 新的条款', textEn: '1. A new term', publishedAt };
    await world.unitOfWork.run((tx) => tx.manager.insert(Agreement, next));
    expect((await candidate.get('/agreement')).body).toMatchObject({ version: 1, accepted: true });
    const query = { documentType: 'RESIDENT_ID', documentNumber: anyResidentId(), name: '无人' };
    await candidate.post('/qualification/queries', query).expect(404);

    const now = world.clock.now();
    await world.unitOfWork.run((tx) => tx.manager.update(Agreement, { version: 2 }, { publishedAt: now }));
    expect((await candidate.get('/agreement')).body).toMatchObject({
      version: 2,
      accepted: false,
      points: ['新的条款'],
    });
    const refused = await candidate.post('/qualification/queries', query).expect(403);
    expect(refused.body.code).toBe('AGREEMENT_NOT_ACCEPTED');
    const outdated = await candidate.post('/agreement/acceptance', { version: 1 }).expect(409);
    expect(outdated.body.code).toBe('AGREEMENT_VERSION_OUTDATED');
    await world.unitOfWork.run((tx) => tx.manager.delete(Agreement, { version: 2 }));
  });

  test('costs a call one statement', async () => {
    const candidate = await stories.candidate();
    const { counted } = await stories.statements.during(async () =>
      expect((await candidate.post('/qualification/queries', {})).status).toBe(422),
    );
    expect(counted.filter((sql) => sql.includes('agreement'))).toHaveLength(1);
    expect(counted).toHaveLength(2); // and the session's
  });
});

describe('R-QU-2: type, number and name all match one student', () => {
  test('who is shown with their school and what they may take, before any window is open', async () => {
    const candidate = await stories.candidate({ phone: '13812345678' });
    const student = await stories.student();
    const { body } = await candidate.lookUp(student).expect(200);
    expect(body.record).toEqual({
      provinceCode: '12',
      schoolCode: '12001',
      schoolName: '南开大学',
      campusCode: '120010',
      campusName: '八里台校区',
      documentType: 'RESIDENT_ID',
      documentTypeName: '居民身份证',
      documentNumber: student.details.documentNumber,
      name: '张三',
      gender: 'FEMALE',
      genderName: '女',
      educationLevel: 'UNDERGRADUATE',
      educationLevelName: '本科',
      duration: '4',
      entryYear: 2024,
      grade: '2',
      college: '化学学院',
      major: '高分子化学与物理',
      className: '1',
      studentNumber: '00037',
    });
    expect(body.phoneMasked).toBe('138****5678');
    expect(body.qualifiedSubjects).toEqual([
      { code: '1', name: '英语四级', level: 4, kind: 'WRITTEN' },
      { code: '3', name: '日语四级', level: 4, kind: 'WRITTEN' },
      { code: '5', name: '德语四级', level: 4, kind: 'WRITTEN' },
      { code: 'F', name: '英语四级口试', level: 4, kind: 'ORAL' },
    ]);
    expect(body.cet6Review).toEqual({ offered: true });
    expect(reasons(body)).toEqual({
      2: 'CET4_RESULT_NEEDED',
      4: 'NOT_OFFERED',
      6: 'NOT_OFFERED',
      7: 'NOT_OFFERED',
      8: 'NOT_OFFERED',
      9: 'NOT_OFFERED',
      S: 'WRITTEN_SUBJECT_NEEDED',
    });
    expect(body.missingSubjects[0]).toMatchObject({ code: '2', name: '英语六级' });
    expect(body.missingSubjects[0].message).toMatch(/425分/);
    const english = await candidate.lookUp(student).set('Accept-Language', 'en').expect(200);
    expect(english.body.missingSubjects[0].message).toMatch(/CET4 result of 425/);
  });

  test('however the candidate types number and name', async () => {
    const candidate = await stories.candidate();
    let number = anyResidentId();
    while (!number.endsWith('X')) number = anyResidentId();
    const student = await stories.student({ documentNumber: number, name: '阿依古丽·买买提' });
    const fullWidth = number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    await candidate.lookUp(student, { documentNumber: number.toLowerCase() }).expect(200);
    await candidate.lookUp(student, { documentNumber: ` ${fullWidth.replace('X', 'ｘ')} ` }).expect(200);
    for (const dot of ['•', '・', '．', ' · '])
      await candidate.lookUp(student, { name: `阿依古丽${dot}买买提` }).expect(200);

    const rare = await stories.student({ name: '𬱖𠮷' });
    await candidate.lookUp(rare).expect(200);
    await candidate.lookUp(rare, { name: '𬱖𠮶' }).expect(404);
    const permit = {
      documentType: 'HONG_KONG_ID',
      documentNumber: 'A123456(3)',
      name: 'CHAN Tai Man',
    } as const;
    const fromHongKong = await stories.student(permit);
    await candidate
      .lookUp(fromHongKong, { documentNumber: 'a123456（3）', name: 'Chan  tai man' })
      .expect(200);
  });

  test('if one of the three does not, nobody is found, and nothing says which', async () => {
    const candidate = await stories.candidate();
    const student = await stories.student({
      documentType: 'PASSPORT',
      documentNumber: 'G55555555',
    });
    const answers = await Promise.all([
      candidate.lookUp(student, { name: '张叁' }),
      candidate.lookUp(student, { documentType: 'TAIWAN_TRAVEL_PERMIT' }),
      candidate.lookUp(student, { documentNumber: 'G55555556' }),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(404);
      expect(body).toEqual(answers[0]!.body);
      expect(body.code).toBe('RECORD_NOT_FOUND');
    }
    const looked = await world.dataSource.manager.findBy(LookedUpRecord, { accountId: candidate.accountId });
    expect(looked).toEqual([]);
  });

  test.each([
    ['军官证', { documentType: '军官证' }, 'DOCUMENT_TYPE_NOT_ACCEPTED', 'documentType'],
    [
      'a type by a name of every object',
      { documentType: 'constructor' },
      'DOCUMENT_TYPE_NOT_ACCEPTED',
      'documentType',
    ],
    [
      'a wrong check digit',
      { documentNumber: '120101200401010010' },
      'DOCUMENT_NUMBER_INVALID',
      'documentNumber',
    ],
    [
      'seventeen digits',
      { documentNumber: '12010120040101001' },
      'DOCUMENT_NUMBER_INVALID',
      'documentNumber',
    ],
    ['no name', { name: '' }, 'FIELD_INVALID', 'name'],
    ['a type of 41 characters', { documentType: 'X'.repeat(41) }, 'FIELD_INVALID', 'documentType'],
    ['a list for a number', { documentNumber: ['1'] }, 'FIELD_INVALID', 'documentNumber'],
    ['a field besides', { sittingId: 'x' }, 'FIELD_INVALID', 'sittingId'],
  ])('%s is refused as such', async (_, named, code, field) => {
    const candidate = await stories.candidate();
    const student = await stories.student();
    const { body } = await candidate.lookUp(student, named).expect(422);
    expect(body.code).toBe(code);
    expect(body.errors[0].field).toBe(field);
  });

  test('in the current sitting: a student of another one is not there', async () => {
    const candidate = await stories.candidate();
    const earlier = await stories.student({}, newId());
    await candidate.lookUp(earlier).expect(404);
  });

  test('thirty look-ups in ten minutes are enough for one account', async () => {
    const candidate = await stories.candidate();
    const student = await stories.student();
    for (let i = 0; i < 30; i++) await candidate.lookUp(student, { name: `张${i}` }).expect(404);
    const { body, headers } = await candidate.lookUp(student).expect(429);
    expect(body.code).toBe('TOO_MANY_ATTEMPTS');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await (await stories.candidate()).lookUp(student).expect(200);
  });
});

describe('R-QU-3: the rules and lists of the school', () => {
  const setRule = (subjectCode: SubjectCode, limits: Partial<SubjectRule>, schoolCode = '12001') => {
    const none = { educationLevels: null, grades: null, entryYears: null };
    const provinceCode = schoolCode.slice(0, 2);
    const rule = { id: newId(), sittingId, provinceCode, schoolCode, subjectCode, ...none, ...limits };
    return world.unitOfWork.run((tx) => tx.manager.insert(SubjectRule, rule));
  };
  const putOnList = (
    student: StudentRecord,
    subjectCode: SubjectCode,
    list: 'WHITE' | 'BLACK',
    schoolCode = '12001',
  ) => {
    const { documentType, documentNumber } = student.details;
    const line = {
      id: newId(),
      sittingId,
      provinceCode: schoolCode.slice(0, 2),
      schoolCode,
      documentType,
      documentNumber,
      subjectCode,
      list,
    };
    return world.unitOfWork.run((tx) =>
      tx.manager.insert(SubjectListLine, { ...line, reason: null, createdAt: tx.now }),
    );
  };
  afterEach(() => world.unitOfWork.run((tx) => tx.manager.delete(SubjectRule, { sittingId })));

  test('bar by education level, grade and year; the white list lifts them, the black list bars', async () => {
    const candidate = await stories.candidate();
    await setRule('1', { educationLevels: ['UNDERGRADUATE', 'POSTGRADUATE'], grades: ['2', '3'] });
    await setRule('3', { entryYears: [2023] });
    await setRule('5', { grades: ['9'] }, '12002'); // another school's
    const student = await stories.student();
    const allowed = await candidate.lookUp(student).expect(200);
    expect(codes(allowed.body.qualifiedSubjects)).toEqual(['1', '5', 'F']);
    expect(reasons(allowed.body)).toMatchObject({ 3: 'ENTRY_YEAR_NOT_ADMITTED' });

    const freshman = await stories.student({ grade: '1' });
    expect(reasons((await candidate.lookUp(freshman)).body)).toMatchObject({
      1: 'GRADE_NOT_ADMITTED',
      F: 'WRITTEN_SUBJECT_NEEDED',
    });
    await putOnList(freshman, '1', 'WHITE');
    await putOnList(freshman, '2', 'WHITE');
    await putOnList(freshman, '5', 'BLACK');
    const listed = await candidate.lookUp(freshman);
    expect(codes(listed.body.qualifiedSubjects)).toEqual(['1', '2', 'F', 'S']);
    expect(reasons(listed.body)).toMatchObject({ 5: 'BLACKLISTED' });
    expect(listed.body.cet6Review).toEqual({ offered: false });
  });

  test('are the student’s own school’s: what another school lists says nothing', async () => {
    const candidate = await stories.candidate();
    const student = await stories.student();
    await putOnList(student, '1', 'BLACK', '12002');
    await putOnList(student, '2', 'WHITE', '12002');
    const { body } = await candidate.lookUp(student);
    expect(codes(body.qualifiedSubjects)).toEqual(['1', '3', '5', 'F']);
  });

  test.each([
    ['425 under their document and name', {}, true],
    ['424', { score: 424 }, false],
    ['a name in other letters', { name: 'CHAN TAI MAN' }, true],
    ['the same type of document', { documentType: 'PASSPORT' }, true],
    ['another type of document', { documentType: 'RESIDENT_ID' }, false],
    ['another name: the review is there for it', { name: 'CHAN Siu Man' }, false],
  ] as const)('a CET4 result opens CET6 and its oral: %s', async (_, changes, opens) => {
    const candidate = await stories.candidate();
    const documentNumber = anyTicket();
    const student = await stories.student({
      documentType: 'PASSPORT',
      documentNumber,
      name: 'Chan Tai Man',
    });
    await stories.result({ documentNumber, name: 'Chan Tai Man', score: 300 });
    await stories.result({ documentNumber, name: 'Chan Tai Man', score: 425, ...changes });
    const { body } = await candidate.lookUp(student).expect(200);
    expect(codes(body.qualifiedSubjects)).toEqual(
      opens ? ['1', '2', '3', '5', 'F', 'S'] : ['1', '3', '5', 'F'],
    );
    expect(body.cet6Review).toEqual({ offered: !opens });
  });

  test('the review is not offered at a campus that does not hold CET6, though the school does', async () => {
    const candidate = await stories.candidate();
    const student = await stories.student({ campusCode: '120011' });
    const { body } = await candidate.lookUp(student);
    expect(reasons(body)).toMatchObject({ 2: 'CET4_RESULT_NEEDED' });
    expect(body.cet6Review).toEqual({ offered: false });
  });

  test('one statement answers it all, with rules and without', async () => {
    const qualification = world.use(Qualification);
    const { details: student } = await stories.student();
    const ask = async () => {
      const { result, counted } = await stories.statements.during(() =>
        qualification.of(world.unitOfWork.read(), { sittingId, accountId: newId(), student }),
      );
      expect(counted).toHaveLength(1);
      return result.qualified;
    };
    expect(await ask()).toEqual(['1', '3', '5', 'F']);
    await setRule('1', { grades: ['9'] });
    await setRule('3', { grades: ['9'] });
    expect(await ask()).toEqual(['5']);
  });

  test('the statement and `admitsSchool` agree on who is let in elsewhere', async () => {
    const other = newId();
    const sitting = await world.dataSource.manager.findOneByOrFail(Sitting, { id: sittingId });
    await world.unitOfWork.run((tx) =>
      tx.manager.insert(Sitting, { ...sitting, id: other, number: 999, current: false }),
    );
    await stories.venue('120020', '3', 'OWN_SCHOOL', ['12001'], other);
    await stories.venue('120020', '4', 'LISTED_SCHOOLS', ['112001', '12'], other);
    await stories.venue('120020', '5', 'ALL_SCHOOLS', null, other);
    await stories.venue('120020', '6', 'LISTED_SCHOOLS', null, other);
    await stories.venue('120020', '7', 'LISTED_SCHOOLS', [], other);
    await stories.venue('120020', '8', 'LISTED_SCHOOLS', ['12002', '12001'], other);
    await stories.venue('120010', '9', 'LISTED_SCHOOLS', ['12003'], other);
    const venues = await world.dataSource.manager.findBy(Venue, { sittingId: other });
    expect(venues).toHaveLength(7);
    for (const campusCode of ['120010', '120020', '120030']) {
      const { details: student } = await stories.student({ campusCode }, other);
      const candidacy = { sittingId: other, accountId: newId(), student };
      const { qualified } = await world.use(Qualification).of(world.unitOfWork.read(), candidacy);
      const admitting = venues.filter((venue) => admitsSchool(venue, student.schoolCode));
      expect(qualified).toEqual([...new Set(admitting.map(({ subjectCode }) => subjectCode))].sort());
    }
  });
});

describe('R-QU-5: looking up binds nothing', () => {
  const lookedUpBy = (accountId: string) =>
    world.use(LookedUpRecords).of(world.unitOfWork.read(), accountId, sittingId);

  test('an account looks up several students, and several accounts one; the last one looked up is remembered', async () => {
    const [mine, yours] = [await stories.candidate(), await stories.candidate()];
    const [a, b] = [await stories.student(), await stories.student()];
    await mine.lookUp(a).expect(200);
    await mine.lookUp(b).expect(200);
    await yours.lookUp(b).expect(200);
    expect(await lookedUpBy(mine.accountId)).toMatchObject({ recordId: b.id, confirmed: false });
    expect(await lookedUpBy(yours.accountId)).toMatchObject({ recordId: b.id, confirmed: false });
  });

  test('two tabs look up two students at once, and both are answered', async () => {
    const candidate = await stories.candidate();
    const students = await Promise.all([1, 2, 3, 4].map(() => stories.student()));
    const answers = await Promise.all(students.map((student) => candidate.lookUp(student)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const seen = await lookedUpBy(candidate.accountId);
    expect(students.map(({ id }) => id)).toContain(seen?.recordId);
  });

  test('once one is confirmed, later look-ups do not move it, until the registration is gone', async () => {
    const candidate = await stories.candidate();
    const [a, b] = [await stories.student(), await stories.student()];
    const { accountId } = candidate;
    const lookedUp = world.use(LookedUpRecords);
    await candidate.lookUp(b).expect(200);
    await world.unitOfWork.run((tx) => lookedUp.confirm(tx, accountId, sittingId, a.id));
    await candidate.lookUp(b).expect(200);
    expect(await lookedUpBy(accountId)).toMatchObject({ recordId: a.id, confirmed: true });
    await world.unitOfWork.run((tx) => lookedUp.unconfirm(tx, accountId, sittingId));
    await candidate.lookUp(b).expect(200);
    expect(await lookedUpBy(accountId)).toMatchObject({ recordId: b.id, confirmed: false });
  });

  test('confirming needs no look-up before it', async () => {
    const { accountId } = await stories.candidate();
    const { id: recordId } = await stories.student();
    const lookedUp = world.use(LookedUpRecords);
    await world.unitOfWork.run((tx) => lookedUp.confirm(tx, accountId, sittingId, recordId));
    expect(await lookedUpBy(accountId)).toMatchObject({ recordId, confirmed: true });
  });

  test('the confirmation finds students as the look-up does', async () => {
    const { details } = await stories.student();
    const find = world.use(FindStudentRecord);
    const named = { documentType: 'RESIDENT_ID', documentNumber: ` ${details.documentNumber}`, name: '张三' };
    const found = await find.matching(world.unitOfWork.read(), sittingId, named);
    expect(found.details).toEqual(details);
    expect(found.details.constructor.name).toBe('StudentDetails');
    const askFor = (changes: object) =>
      find.matching(world.unitOfWork.read(), sittingId, { ...named, ...changes });
    await expect(askFor({ name: '张四' })).rejects.toMatchObject({ code: 'RECORD_NOT_FOUND' });
    await expect(askFor({ documentType: '军官证' })).rejects.toMatchObject({
      code: 'DOCUMENT_TYPE_NOT_ACCEPTED',
    });
  });
});
