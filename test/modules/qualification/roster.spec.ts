import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StaffActor } from '../../../src/kernel/actor.js';
import { newId } from '../../../src/kernel/ids.js';
import { AuditLine } from '../../../src/modules/audit/index.js';
import {
  AddCet6QualificationByHand,
  AddSubjectListLine,
  DeleteStudentRecords,
  EditStudentRecord,
  ImportPhotos,
  type ImportPhotosCommand,
  ImportRoster,
  ImportSubjectLists,
  LookedUpRecords,
  RemoveSubjectListLines,
  ShowStudentPhoto,
  StudentPhoto,
  StudentRecord,
  SubjectListLine,
} from '../../../src/modules/qualification/index.js';
import { ConfirmRegistration } from '../../../src/modules/registration/confirm-registration.use-case.js';
import type { Campus } from '../../../src/modules/sitting/index.js';
import { fingerprintOf } from '../../../src/platform/import/file-fingerprint.js';
import { jpegOf } from '../../support/jpeg.js';
import type { World } from '../../support/world.js';
import { type ToZip, zipOf } from '../../support/zip.js';
import { anyResidentId, openStories, type Stories } from './stories.js';

let stories: Stories;
let world: World;
let sittingId: string;
let folder: string;
let campusOfTheirs: Campus;

beforeAll(async () => {
  stories = await openStories();
  ({ world, sittingId } = stories);
  folder = await mkdtemp(join(tmpdir(), 'cet-roster-'));
  await stories.campus('120010', '南开大学');
  await stories.campus('120011', '南开大学', '津南校区');
  await stories.campus('120020', '天津大学');
  campusOfTheirs = await world.campus({ provinceCode: '12' });
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const staff = (scope: Partial<StaffActor>): StaffActor => ({
  type: 'STAFF',
  staffId: 's1',
  role: 'SCHOOL',
  ...scope,
});
const TEACHER = staff({ schoolCode: '12001' });
const STRANGERS = [
  ['another school’s teacher', staff({ schoolCode: '12002' })],
  ['a teacher of no school', staff({})],
] as const;
/** They see the school's students; what becomes of them is the school's (R-AD). */
const ONLOOKERS = [
  ['its province', staff({ role: 'PROVINCE', provinceCode: '12' })],
  ['the authority', staff({ role: 'CENTRAL' })],
] as const;

const stored = (id: string) => world.dataSource.manager.findOneBy(StudentRecord, { id });
const auditOf = (rowId: string) => world.dataSource.manager.findBy(AuditLine, { rowId });
/** Somebody confirms to be this student, as registering does. */
const registers = async (record: StudentRecord) => {
  const { accountId } = await stories.candidate();
  await world.unitOfWork.run((tx) => world.use(LookedUpRecords).confirm(tx, accountId, sittingId, record.id));
};

describe('A student record is edited', () => {
  const edit = ({ id, details, phone }: StudentRecord, changes: object, actor = TEACHER) =>
    world.use(EditStudentRecord).execute({ recordId: id, ...details, phone, ...changes }, actor);

  test('as the form says, made comparable, with what was before and after', async () => {
    const record = await stories.student();
    const documentNumber = ` ${anyResidentId().toLowerCase()}`;
    await edit(record, { name: ' 阿依古丽•买买提 ', documentNumber, campusCode: '120011', college: null });
    expect((await stored(record.id))!.details).toEqual({
      ...record.details,
      name: '阿依古丽·买买提',
      documentNumber: documentNumber.trim().toUpperCase(),
      campusCode: '120011',
      college: null,
    });
    const [line] = await auditOf(record.id);
    expect(line).toMatchObject({
      action: 'student-record.edit',
      schoolCode: '12001',
      provinceCode: '12',
      factsBefore: { name: '张三', college: '化学学院', campusCode: '120010' },
      factsAfter: { name: '阿依古丽·买买提', college: null, campusCode: '120011' },
    });
    expect(line!.factsAfter).not.toHaveProperty('major');
  });

  test('not once its student has registered (R-QU-6)', async () => {
    const record = await stories.student();
    await registers(record);
    await expect(edit(record, { name: '李四' })).rejects.toMatchObject({ code: 'STUDENT_REGISTERED' });
    expect((await stored(record.id))!.details.name).toBe('张三');
  });

  test('but its mobile number at any time: it is no part of what was confirmed', async () => {
    const record = await stories.student();
    await registers(record);
    await edit(record, { phone: '138 0000 1234' });
    expect((await stored(record.id))!.phone).toBe('13800001234');
    await expect(edit(record, { phone: '12345' })).rejects.toMatchObject({ code: 'PHONE_INVALID' });
    await expect(edit(record, { phone: null, name: '李四' })).rejects.toMatchObject({
      code: 'STUDENT_REGISTERED',
    });
    const [line] = await auditOf(record.id);
    expect(line).toMatchObject({ factsBefore: { phone: null }, factsAfter: { phone: '138****1234' } });
  });

  test('not into another student’s document, nor into an impossible one', async () => {
    const [record, other] = [await stories.student(), await stories.student()];
    const { documentNumber } = other.details;
    await expect(edit(record, { documentNumber })).rejects.toMatchObject({ code: 'DOCUMENT_ON_ROSTER' });
    await expect(edit(record, { documentNumber: '110101199003077716' })).rejects.toMatchObject({
      code: 'DOCUMENT_NUMBER_INVALID',
    });
  });

  test('not into a campus that is not theirs: the student would be gone', async () => {
    const record = await stories.student();
    for (const campusCode of ['120020', '999990']) {
      await expect(edit(record, { campusCode })).rejects.toMatchObject({ code: 'CAMPUS_NOT_YOURS' });
    }
    expect((await stored(record.id))!.details).toEqual(record.details);
  });

  test.each(STRANGERS)('for %s it is not there', async (_, stranger) => {
    const record = await stories.student();
    await expect(edit(record, { name: '李四' }, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await stored(record.id))!.details.name).toBe('张三');
  });
});

test.each(ONLOOKERS)(
  '%s looks on, and leaves roster, lists and photos to the school',
  async (_, onlooker) => {
    const record = await stories.student();
    const { documentType, documentNumber } = record.details;
    const white = { subjectCode: '1', list: 'WHITE', reason: '转学' } as const;
    const put = (actor: StaffActor) =>
      world.use(AddSubjectListLine).execute({ documentType, documentNumber, ...white }, actor);
    const listed = await put(TEACHER);
    const file = 'never-read.csv';
    const refused = [
      () =>
        world
          .use(EditStudentRecord)
          .execute({ recordId: record.id, phone: null, ...record.details }, onlooker),
      () => world.use(DeleteStudentRecords).execute({ recordIds: [record.id] }, onlooker),
      () => put(onlooker),
      () => world.use(RemoveSubjectListLines).execute({ lineIds: [listed.id] }, onlooker),
      () => world.use(ImportRoster).execute({ file }, onlooker),
      () => world.use(ImportSubjectLists).execute({ file }, onlooker),
      () => takePhotos([], {}, onlooker),
    ];
    for (const attempt of refused)
      await expect(async () => attempt()).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    expect(await show(record, onlooker)).toBeNull();
  },
);

describe('Student records are deleted', () => {
  const remove = (records: readonly { id: string }[], actor = TEACHER) =>
    world.use(DeleteStudentRecords).execute({ recordIds: records.map(({ id }) => id) }, actor);

  test('with their photos; the audit trail keeps what they said', async () => {
    const [one, two] = [await stories.student(), await stories.student()];
    await takePhotos([{ name: `${one.details.documentNumber}.jpg`, content: jpegOf(300, 400) }]);
    await remove([one, two]);
    expect([await stored(one.id), await stored(two.id)]).toEqual([null, null]);
    expect(await world.dataSource.manager.findBy(StudentPhoto, { recordId: one.id })).toEqual([]);
    expect(await auditOf(one.id)).toMatchObject([
      { action: 'student-photo.add' },
      { action: 'student-record.delete', factsBefore: { name: '张三' }, factsAfter: null },
    ]);
  });

  test('all or none: one who has registered stays, and so do the others', async () => {
    const [free, registered] = [await stories.student(), await stories.student()];
    await registers(registered);
    await expect(remove([free, registered])).rejects.toMatchObject({ code: 'STUDENT_REGISTERED' });
    await expect(remove([free, { id: newId() }])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await stored(free.id)).not.toBeNull();
  });

  test('at the moment the student confirms: either the record stays, or nobody has registered as it', async () => {
    const venue = await world.venue({ campus: campusOfTheirs });
    const actor = staff({ schoolCode: venue.schoolCode });
    for (let round = 0; round < 10; round++) {
      const { accountId, documents, record } = await world.candidate({ campus: campusOfTheirs });
      const command = { ...documents, recordConfirmed: true, phoneConfirmed: true };
      const [confirmed, removed] = await Promise.allSettled([
        world.use(ConfirmRegistration).execute(command, { type: 'CANDIDATE', accountId, sessionId: 'test' }),
        remove([record], actor),
      ]);
      expect([confirmed.status, removed.status].sort()).toEqual(['fulfilled', 'rejected']);
      const refused = [confirmed, removed].find(({ status }) => status === 'rejected');
      expect(['RECORD_NOT_FOUND', 'STUDENT_REGISTERED']).toContain(
        (refused as PromiseRejectedResult).reason.code,
      );
      expect((await stored(record.id)) !== null).toBe(confirmed.status === 'fulfilled');
    }
  });

  test.each(STRANGERS)('for %s they are not there', async (_, stranger) => {
    const record = await stories.student();
    await expect(remove([record], stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await stored(record.id)).not.toBeNull();
  });
});

describe('White- and blacklist', () => {
  const add = ({ details }: StudentRecord, actor = TEACHER) => {
    const { documentType, documentNumber } = details;
    return world
      .use(AddSubjectListLine)
      .execute(
        { documentType, documentNumber, subjectCode: '1', list: 'BLACK', reason: '上一考次违规' },
        actor,
      );
  };
  const remove = (lineIds: string[], actor = TEACHER) =>
    world.use(RemoveSubjectListLines).execute({ lineIds }, actor);
  const line = (id: string) => world.dataSource.manager.findOneBy(SubjectListLine, { id });

  test('a student is put on a list once, and taken off it', async () => {
    const record = await stories.student();
    const added = await add(record);
    expect(await line(added.id)).toMatchObject({
      provinceCode: '12',
      schoolCode: '12001',
      list: 'BLACK',
      subjectCode: '1',
    });
    await expect(add(record)).rejects.toMatchObject({ code: 'LIST_LINE_EXISTS' });
    await remove([added.id]);
    expect(await line(added.id)).toBeNull();
    expect((await auditOf(added.id)).map(({ action }) => action)).toEqual([
      'subject-list-line.add',
      'subject-list-line.remove',
    ]);
  });

  test('another school’s lines neither stand in the way of the student’s own school nor count (R-AD-1, R-CR-7)', async () => {
    await stories.venue('120010', '2');
    const record = await stories.student();
    const { documentType, documentNumber } = record.details;
    const file = join(folder, 'lists.csv');
    const line = (list: string) => `12002,${documentType},${documentNumber},2,${list}\n`;
    writeFileSync(
      file,
      `school_code,document_type,document_number,subject,list\n${line('WHITE')}${line('BLACK')}`,
    );
    const theirs = await world.use(ImportSubjectLists).execute({ file }, staff({ schoolCode: '12002' }));
    expect(theirs).toMatchObject({ inserted: 2, stored: true });

    const candidate = await stories.candidate();
    const qualified = async () =>
      (await candidate.lookUp(record).expect(200)).body.qualifiedSubjects.map(
        ({ code }: { code: string }) => code,
      );
    expect(await qualified()).toEqual([]);
    const added = await world
      .use(AddCet6QualificationByHand)
      .execute({ documentType, documentNumber, reason: '2004年四级成绩' }, TEACHER);
    expect({ added, qualified: await qualified() }).toEqual({ added: true, qualified: ['2'] });
  });

  test.each(STRANGERS)('for %s neither student nor line is there', async (_, stranger) => {
    const record = await stories.student();
    await expect(add(record, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const added = await add(record);
    await expect(remove([added.id], stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await line(added.id)).not.toBeNull();
  });
});

function takePhotos(files: readonly ToZip[], command: Partial<ImportPhotosCommand> = {}, actor = TEACHER) {
  const file = join(folder, 'photos.zip');
  writeFileSync(file, zipOf(files));
  return world.use(ImportPhotos).execute({ file, ...command }, actor);
}
const show = ({ id }: StudentRecord, actor = TEACHER) =>
  world.use(ShowStudentPhoto).execute({ recordId: id }, actor);

describe('Photos by zip', () => {
  const PHOTO = jpegOf(300, 400);

  test('are known by document or student number; the same again changes nothing', async () => {
    const [one, two] = [await stories.student(), await stories.student({ studentNumber: 'S-77' })];
    const files = [
      { name: `照片/${one.details.documentNumber.toLowerCase()}.JPG`, content: PHOTO },
      { name: 'S-77.jpeg', content: PHOTO },
      { name: '__MACOSX/._S-77.jpeg', content: 'x' },
      { name: '照片/Thumbs.db', content: 'x' },
    ];
    const nothing = { replaced: 0, unchanged: 0, rejected: 0, faults: [] };
    expect(await takePhotos(files, { dryRun: true })).toMatchObject({
      files: 2,
      added: 2,
      ...nothing,
      stored: false,
    });
    expect(await show(one)).toBeNull();
    expect(await takePhotos(files)).toMatchObject({ files: 2, added: 2, ...nothing, stored: true });
    expect((await show(one))!.jpeg.equals(PHOTO)).toBe(true);
    expect(await show(two)).toMatchObject({ width: 300, height: 400 });

    const newer = [files[0]!, { ...files[1]!, content: jpegOf(320, 420, 1) }];
    expect(await takePhotos(newer)).toMatchObject({ added: 0, replaced: 1, unchanged: 1, stored: true });
    expect(await show(two)).toMatchObject({ width: 320 });
  });

  test('are refused file by file, and nothing is stored unless the good ones are asked for', async () => {
    const [good, twin, other] = [
      await stories.student({ studentNumber: 'TWIN' }),
      await stories.student({ studentNumber: 'TWIN' }),
      await stories.student(),
    ];
    const number = ({ details }: StudentRecord) => details.documentNumber;
    const files = [
      { name: 'TWIN.jpg', content: PHOTO },
      { name: `${number(good)}.jpg`, content: PHOTO },
      { name: `again/${number(good)}.jpg`, content: PHOTO },
      { name: 'nobody.jpg', content: PHOTO },
      { name: '说明.txt', content: '照片' },
      { name: `${number(twin)}.jpg`, content: '<script>alert(1)</script>' },
      { name: `${number(other)}.jpg`, content: jpegOf(400, 300) },
    ];
    const expected = {
      files: 7,
      added: 1,
      rejected: 6,
      faults: [
        { file: 'TWIN.jpg', code: 'PHOTO_OF_SEVERAL' },
        { file: `again/${number(good)}.jpg`, code: 'PHOTO_REPEATED' },
        { file: 'nobody.jpg', code: 'PHOTO_OF_NOBODY' },
        { file: '说明.txt', code: 'PHOTO_NOT_NAMED' },
        { file: `${number(twin)}.jpg`, code: 'PHOTO_NO_JPEG' },
        { file: `${number(other)}.jpg`, code: 'PHOTO_WRONG_SIZE' },
      ],
    };
    expect(await takePhotos(files)).toMatchObject({ ...expected, stored: false });
    expect(await show(good)).toBeNull();
    expect(await takePhotos(files, { takeGoodFiles: true })).toMatchObject({ ...expected, stored: true });
    expect(await show(good)).not.toBeNull();
    expect(await show(twin)).toBeNull();
  });

  test('too large a picture is refused without being read, and so is a zip that lies', async () => {
    const { details } = await stories.student();
    const name = `${details.documentNumber}.jpg`;
    const large = Buffer.concat([PHOTO.subarray(0, -2), Buffer.alloc(300_000), PHOTO.subarray(-2)]);
    expect((await takePhotos([{ name, content: large }])).faults).toMatchObject([
      { code: 'PHOTO_TOO_LARGE' },
    ]);
    await expect(takePhotos([{ name, content: large, claims: 1000 }])).rejects.toMatchObject({
      code: 'ZIP_BROKEN',
    });
    await expect(takePhotos([{ name: '../../etc/x.jpg', content: PHOTO }])).rejects.toMatchObject({
      code: 'ZIP_BROKEN',
    });
  });

  test('are those that were checked before', async () => {
    const { details } = await stories.student();
    const files = [{ name: `${details.documentNumber}.jpg`, content: PHOTO }];
    await takePhotos(files, { dryRun: true });
    const sha256 = await fingerprintOf(join(folder, 'photos.zip'));
    const changed = [{ ...files[0]!, content: jpegOf(300, 400, 2) }];
    await expect(takePhotos(changed, { sha256 })).rejects.toMatchObject({ code: 'IMPORT_FILE_CHANGED' });
    expect(await takePhotos(files, { sha256 })).toMatchObject({ added: 1, stored: true });
  });

  test.each(STRANGERS)('for %s neither student nor photo is there', async (_, stranger) => {
    const record = await stories.student();
    const files = [{ name: `${record.details.documentNumber}.jpg`, content: PHOTO }];
    expect((await takePhotos(files, {}, stranger)).faults).toMatchObject([{ code: 'PHOTO_OF_NOBODY' }]);
    await takePhotos(files);
    await expect(show(record, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('leave a line of each student’s first, and of what takes its place, with fingerprints', async () => {
    const { id, details } = await stories.student();
    const name = `${details.documentNumber}.jpg`;
    await takePhotos([{ name, content: PHOTO }]);
    const before = (await show({ id } as StudentRecord))!.sha256;
    await takePhotos([{ name, content: jpegOf(320, 420, 3) }]);
    const after = (await show({ id } as StudentRecord))!.sha256;
    expect(await auditOf(id)).toMatchObject([
      {
        action: 'student-photo.add',
        schoolCode: '12001',
        factsBefore: null,
        factsAfter: { sha256: before },
      },
      {
        action: 'student-photo.replace',
        schoolCode: '12001',
        factsBefore: { sha256: before },
        factsAfter: { sha256: after },
      },
    ]);
  });

  test('leave a line in the audit trail of their file, with its fingerprint and their number', async () => {
    const { details } = await stories.student();
    const before = (await auditOf(sittingId)).length;
    await takePhotos([{ name: `${details.documentNumber}.jpg`, content: PHOTO }]);
    const lines = await auditOf(sittingId);
    expect(lines).toHaveLength(before + 1);
    expect(lines.at(-1)).toMatchObject({
      action: 'student-photo.import',
      schoolCode: '12001',
      factsAfter: { photos: 1, sha256: await fingerprintOf(join(folder, 'photos.zip')) },
    });
  });
});
