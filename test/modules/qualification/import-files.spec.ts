import { setTimeout as sleep } from 'node:timers/promises';
import iconv from 'iconv-lite';
import { newId } from '../../../src/kernel/ids.js';
import { AuditLine } from '../../../src/modules/audit/index.js';
import {
  Cet4Result,
  ImportCet4Results,
  ImportRoster,
  ImportSubjectLists,
  ImportSubjectRules,
  StudentRecord,
  SubjectListLine,
  SubjectRule,
} from '../../../src/modules/qualification/index.js';
import type { Sitting } from '../../../src/modules/sitting/index.js';
import { fingerprintOf } from '../../../src/platform/import/file-fingerprint.js';
import type { ImportResult } from '../../../src/platform/import/intake.js';
import { CLERK, ImportWorld } from '../../support/imports.js';

let world: ImportWorld;
let sitting: Sitting;
beforeAll(async () => {
  world = await ImportWorld.open();
  sitting = await world.places();
});
afterAll(() => world.close());

const shortly = ({ faults }: { faults: readonly { line: number; column?: string; code: string }[] }) =>
  faults.map(({ line, column, code }) => `${line} ${column?.split(' ').at(-1)} ${code}`);

/** What the newest lines say was changed, imports themselves left out; forgets them. */
async function changed() {
  const lines = await world.rows(AuditLine);
  await world.empty(AuditLine);
  return lines
    .filter(({ action }) => !action.endsWith('.import'))
    .map(({ action, factsBefore, factsAfter }) => [action, factsBefore, factsAfter]);
}

describe('A roster', () => {
  afterEach(() => world.empty(StudentRecord));
  const HEADER = '校区代码,证件类型,证件号码,姓名,性别,学历,学制,入学年份,年级,院系,专业,班级,学号,备注';
  const LANG = '120010,护照,99301000037,郎璐依珊,女,本科,4,14,11,化学学院,高分子化学与物理,1,00037,';
  const SHORT = '校区代码,证件类型,证件号码,姓名,性别,学历';
  const execute = (file: string) => world.use(ImportRoster).execute({ file }, CLERK);
  const takeIn = (...lines: string[]) => execute(world.file([HEADER, ...lines]));
  const students = async () => {
    const records = await world.rows(StudentRecord);
    return records
      .map(({ details }) => details)
      .sort((a, b) => (a.documentNumber < b.documentNumber ? -1 : 1));
  };

  it('becomes student records, one for each document', async () => {
    await takeIn(LANG);
    expect(await world.rows(StudentRecord)).toMatchObject([{ sittingId: sitting.id }]);
    expect(await students()).toMatchObject([
      {
        provinceCode: '12',
        schoolCode: '12001',
        campusCode: '120010',
        documentType: 'PASSPORT',
        documentNumber: '99301000037',
        name: '郎璐依珊',
        gender: 'FEMALE',
        educationLevel: 'UNDERGRADUATE',
        duration: '4',
        entryYear: 2014,
        grade: '11',
        college: '化学学院',
        major: '高分子化学与物理',
        className: '1',
        studentNumber: '00037',
        remark: null,
      },
    ]);
  });

  it('may spell names and numbers in any usual way, in UTF-8 or GB18030', async () => {
    const lines = [
      SHORT,
      "120010,身份证,'37990220041108078x,王𬱖,女,本科",
      '120011,居民身份证,６５９９０１２００６０９１１０４８Ｘ, 阿依古丽•买买提 ,FEMALE,undergraduate',
    ];
    const expected = [
      { documentNumber: '37990220041108078X', name: '王𬱖' },
      { documentNumber: '65990120060911048X', name: '阿依古丽·买买提' },
    ];
    await execute(world.file(iconv.encode(lines.join('\r\n'), 'gb18030')));
    expect(await students()).toMatchObject(expected);
    expect(await execute(world.file(`\ufeff${lines.join('\n')}`))).toMatchObject({ unchanged: 2 });
    expect(await students()).toMatchObject(expected);
  });

  it('read again with one student changed and one gone, changes the one and leaves the other alone', async () => {
    const other = LANG.replace('99301000037', '99301000038').replace('郎璐依珊', '李雷');
    await takeIn(LANG, other);
    const [before] = (await world.rows(StudentRecord)).filter(({ details }) => details.name === '郎璐依珊');
    expect(await takeIn(LANG.replace('120010', '120011').replace(',11,', ',12,'))).toMatchObject({
      updated: 1,
    });
    const [after] = (await world.rows(StudentRecord)).filter(({ details }) => details.name === '郎璐依珊');
    expect(after).toMatchObject({ id: before!.id, details: { campusCode: '120011', grade: '12' } });
    expect(await students()).toHaveLength(2);
  });

  it('keeps what a later file has no column for, and empties what it leaves empty', async () => {
    await takeIn(LANG);
    await execute(world.file([`${SHORT},院系`, '120010,护照,99301000037,郎璐依珊,女,本科,']));
    expect(await students()).toMatchObject([{ college: null, major: '高分子化学与物理', entryYear: 2014 }]);
  });

  it('reads a mobile number where there is a column for it, keeps it where there is none, and masks it in the trail', async () => {
    const phones = async () => (await world.rows(StudentRecord)).map(({ phone }) => phone);
    const line = '120010,护照,99301000037,郎璐依珊,女,本科';
    await execute(world.file([`${SHORT},手机`, `${line},"'+86 138-0000-1234"`]));
    expect(await phones()).toEqual(['13800001234']);
    expect(await execute(world.file([SHORT, line]))).toMatchObject({ unchanged: 1 });
    expect(await phones()).toEqual(['13800001234']);
    await world.empty(AuditLine);
    await execute(world.file([`${SHORT},phone`, `${line},13900005678`]));
    await execute(world.file([`${SHORT},phone`, `${line},`]));
    expect(await phones()).toEqual([null]);
    const edits = (await world.rows(AuditLine)).filter(({ action }) => action === 'student-record.edit');
    expect(edits.map(({ factsBefore, factsAfter }) => [factsBefore, factsAfter])).toEqual([
      [{ phone: '138****1234' }, { phone: '139****5678' }],
      [{ phone: '139****5678' }, { phone: null }],
    ]);
    const wrong = await execute(world.file([`${SHORT},手机`, `${line},0755-26001234`, `${line},1380000123`]));
    expect(shortly(wrong)).toEqual(['2 phone MALFORMED', '3 phone MALFORMED']);
  });

  it('tells two documents of the same number apart by their type', async () => {
    const mine = LANG.replace('99301000037', 'H06583921');
    await takeIn(mine, mine.replace('护照', '港澳居民来往内地通行证'));
    expect(await students()).toHaveLength(2);
  });

  it('is refused line by line', async () => {
    const id = '居民身份证,37990220041108078X';
    const result = await execute(
      world.file([
        `${SHORT},入学年份,学校代码,省份代码`,
        `999990,${id},甲,女,本科,2023,,`,
        '120010,居民身份证,379902200411080780,乙,女,本科,2023,,',
        '120010,居民身份证,37990220041308078X,丙,女,本科,2023,,',
        '120010,军官证,12345678,丁,女,本科,2023,,',
        '120010,居民身份证,3.79902E+17,戊,女,本科,2023,,',
        '120010,护照,E1234567,王?,未知,高中,1960,15001,11',
        '150010,护照,E1234568,己,男,研究生,2023,15001,12',
        '120010,护照,E1234569,,男,研究生,2023,,',
        '120010,护照,E1234560,庚,男,研究生,2023,15001,',
      ]),
    );
    expect(shortly(result)).toEqual([
      '2 campus_code UNKNOWN_CAMPUS',
      '3 document_number CHECK_DIGIT_WRONG',
      '4 document_number CHECK_DIGIT_WRONG',
      '5 document_type NOT_IN_LIST',
      '6 document_number CHANGED_BY_EXCEL',
      '7 name UNREADABLE_CHARACTERS',
      '7 gender NOT_IN_LIST',
      '7 education_level NOT_IN_LIST',
      '7 entry_year OUT_OF_RANGE',
      '8 province_code PROVINCE_MISMATCH',
      '9 name REQUIRED',
      '10 campus_code CAMPUS_OF_OTHER_SCHOOL',
    ]);
    expect(await students()).toEqual([]);
  });

  it('of a school is not for another school’s teacher to read in, nor its students to move (R-AD-1)', async () => {
    await takeIn(LANG);
    const teacher = { type: 'STAFF', staffId: newId(), role: 'SCHOOL', schoolCode: '15001' } as const;
    const file = world.file([HEADER, LANG.replace('120010', '150010'), LANG.replace('037,', '038,')]);
    expect(shortly(await world.use(ImportRoster).execute({ file }, teacher))).toEqual([
      '2 document_number DOCUMENT_ON_ROSTER',
      '3 campus_code OUT_OF_SCOPE',
    ]);
  });

  it('tells a teacher of another school’s student no more than that, and who asked stays known', async () => {
    await takeIn(LANG);
    const teacher = { type: 'STAFF', staffId: newId(), role: 'SCHOOL', schoolCode: '15001' } as const;
    const file = world.file([HEADER, LANG.replace('120010', '150010')]);
    const { faults } = await world.use(ImportRoster).execute({ file, dryRun: true }, teacher);
    expect(faults.map(({ message }) => message.zh)).toEqual([
      '该证件号码已在本考次的学籍中，请核对；确认无误的，请与省级承办机构联系。',
    ]);
    const lines = await world.rows(AuditLine);
    expect(lines.filter(({ actor }) => actor.includes(teacher.staffId))).toMatchObject([
      {
        action: 'student-record.check',
        schoolCode: '15001',
        factsAfter: { clashes: 1, lines: 1, rejected: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    ]);
  });

  it('answers a teacher about 200 students of others in a file, and about no more that day', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => LANG.replace('99301000037', String(99301000100 + i)));
    await takeIn(...many(201));
    const teacher = { type: 'STAFF', staffId: newId(), role: 'SCHOOL', schoolCode: '15001' } as const;
    const checks = (lines: readonly string[]) => {
      const file = world.file([HEADER, ...lines.map((line) => line.replace('120010', '150010'))]);
      return world.use(ImportRoster).execute({ file, dryRun: true }, teacher);
    };
    await expect(checks(many(201))).rejects.toMatchObject({ code: 'TOO_MANY_CLASHES' });
    await expect(checks(many(1))).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    const traces = (await world.rows(AuditLine)).filter(({ actor }) => actor.includes(teacher.staffId));
    expect(traces).toMatchObject([{ factsAfter: { clashes: 201 } }]);
  });

  it('leaves before and after of each student it changes in the audit trail (R-AD-2)', async () => {
    const other = LANG.replace('99301000037', '99301000038');
    await takeIn(LANG, other);
    const known = await world.rows(StudentRecord);
    await world.empty(AuditLine);
    const added = LANG.replace('99301000037', '99301000039');
    await takeIn(LANG.replace('郎璐依珊', '郎璐依').replace(',11,', ',12,'), other, added);
    const changed = known.find(({ details }) => details.documentNumber === '99301000037')!;
    const lines = (await world.rows(AuditLine)).filter(({ action }) => action !== 'student-record.import');
    expect(lines).toEqual([
      expect.objectContaining({
        action: 'student-record.edit',
        rowId: changed.id,
        provinceCode: '12',
        schoolCode: '12001',
        factsBefore: { name: '郎璐依珊', grade: '11' },
        factsAfter: { name: '郎璐依', grade: '12' },
      }),
    ]);
  });

  it('does not take a student whom another school takes in at the same moment', async () => {
    const file = world.file([HEADER, LANG]);
    const theirs: StudentRecord = {
      id: newId(),
      sittingId: sitting.id,
      details: {
        ...{ duration: null, entryYear: null, grade: null, college: null, major: null, className: null },
        ...{ studentNumber: null, remark: null, gender: 'FEMALE', educationLevel: 'UNDERGRADUATE' },
        ...{ provinceCode: '15', schoolCode: '15001', campusCode: '150010' },
        ...{ documentType: 'PASSPORT', documentNumber: '99301000037', name: '郎璐依珊' },
      },
      phone: null,
    };
    const teacher = { type: 'STAFF', staffId: newId(), role: 'SCHOOL', schoolCode: '12001' } as const;
    let importing: Promise<ImportResult> | undefined;
    await world.unitOfWork.run(async (tx) => {
      await tx.manager.insert(StudentRecord, theirs);
      importing = world.use(ImportRoster).execute({ file }, teacher);
      // long enough for it to have looked, and to wait for this transaction
      await sleep(300);
    });
    expect(shortly(await importing!)).toEqual(['2 document_number DOCUMENT_ON_ROSTER']);
    expect(await world.rows(StudentRecord)).toMatchObject([{ id: theirs.id, details: theirs.details }]);
  });

  it('belongs to a sitting that is there', async () => {
    const file = world.file([HEADER, LANG]);
    await expect(world.use(ImportRoster).execute({ file, sitting: 251 }, CLERK)).rejects.toMatchObject({
      code: 'SITTING_NOT_FOUND',
    });
  });
});

describe('CET4 results', () => {
  afterEach(() => world.empty(Cet4Result));
  const HEADER = '准考证号,证件类型,证件号码,姓名,成绩';
  const takeIn = (...lines: string[]) =>
    world.use(ImportCet4Results).execute({ file: world.file([HEADER, ...lines]) }, CLERK);

  it('are known by their ticket', async () => {
    await takeIn('１２００１０２５１１００１１２,,37990220041108078x,李欣怡,468');
    expect(await takeIn('120010251100112,居民身份证,37990220041108078X,李欣怡,470')).toMatchObject({
      updated: 1,
    });
    expect(await takeIn('120010251100112,居民身份证,37990220041108078X,李欣怡,470')).toMatchObject({
      unchanged: 1,
    });
    expect(await world.rows(Cet4Result)).toEqual([
      {
        ticketNumber: '120010251100112',
        documentType: 'RESIDENT_ID',
        documentNumber: '37990220041108078X',
        name: '李欣怡',
        score: 470,
      },
    ]);
  });

  it('that change leave before and after (R-AD-2)', async () => {
    await takeIn('120010251100112,护照,E1234567,李欣怡,468');
    await changed();
    await takeIn('120010251100112,护照,E1234567,李欣怡,470', '120010251100113,护照,E1234568,李雷,425');
    expect(await changed()).toEqual([['cet4-result.edit', { score: 468 }, { score: 470 }]]);
  });

  it('are the authority’s to take in', async () => {
    const file = world.file([HEADER]);
    const province = { type: 'STAFF', staffId: newId(), role: 'PROVINCE', provinceCode: '12' } as const;
    await expect(async () =>
      world.use(ImportCet4Results).execute({ file, dryRun: true }, province),
    ).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
  });

  it('are refused line by line', async () => {
    const rest = '居民身份证,37990220041108078X,李欣怡';
    const result = await takeIn(
      `12001025110011,${rest},425`,
      `120010253100112,${rest},425`,
      `120010251200112,${rest},425`,
      `120010251100111,${rest},711`,
      `120010251100113,${rest},缺考`,
      '120010251100114,居民身份证,37990220041108078Y,李欣怡,425',
      '1.20010251E+14,,37990220041108078X,李欣怡,425',
      `120010251100115,${rest},0`,
      `120010251100115,${rest},710`,
    );
    expect(shortly(result)).toEqual([
      '2 ticket_number MALFORMED',
      '3 ticket_number MALFORMED',
      '4 ticket_number MALFORMED',
      '5 score OUT_OF_RANGE',
      '6 score MALFORMED',
      '7 document_number CHECK_DIGIT_WRONG',
      '8 ticket_number CHANGED_BY_EXCEL',
      '10 ticket_number REPEATED_LINE',
    ]);
  });
});

describe('Subject rules', () => {
  afterEach(() => world.empty(SubjectRule));
  const HEADER = '学校代码,科目,学历,年级,入学年份';
  const takeIn = (...lines: string[]) =>
    world.use(ImportSubjectRules).execute({ file: world.file([HEADER, ...lines]), sitting: 262 }, CLERK);

  it('that are added or changed leave before and after (R-AD-2)', async () => {
    await takeIn('12001,英语四级,,2023,');
    await changed();
    await takeIn('12001,英语四级,,2024,', '12001,英语六级,,2024,');
    expect(await changed()).toEqual([
      ['subject-rule.set', { grades: ['2023'] }, { grades: ['2024'] }],
      ['subject-rule.set', null, expect.objectContaining({ subjectCode: '2', grades: ['2024'] })],
    ]);
  });

  it('restrict by what their lists name; an empty list restricts nothing', async () => {
    await takeIn('12001,英语四级,本科、研究生,2023;2024,22；2023', '12001,CET6,,,');
    const rules = (await world.rows(SubjectRule)).sort((a, b) => (a.subjectCode < b.subjectCode ? -1 : 1));
    expect(rules).toMatchObject([
      {
        sittingId: sitting.id,
        schoolCode: '12001',
        subjectCode: '1',
        educationLevels: ['UNDERGRADUATE', 'POSTGRADUATE'],
        grades: ['2023', '2024'],
        entryYears: [2022, 2023],
      },
      { subjectCode: '2', educationLevels: null, grades: null, entryYears: null },
    ]);
    expect(await takeIn('12001,英语四级,本科、研究生,2023;2024,22；2023', '12001,2,,2024,')).toMatchObject({
      unchanged: 1,
      updated: 1,
    });
  });

  it('are refused line by line', async () => {
    const result = await takeIn(
      '99999,1,,,',
      '12001,1,高中,,',
      '12001,二级,,,新生',
      '12001,F,,,',
      '12001,英语四级口试,,,',
    );
    expect(shortly(result)).toEqual([
      '2 school_code UNKNOWN_SCHOOL',
      '3 education_levels NOT_IN_LIST',
      '4 subject NOT_IN_LIST',
      '4 entry_years MALFORMED',
      '6 subject REPEATED_LINE',
    ]);
  });
});

describe('White- and blacklists', () => {
  afterEach(() => world.empty(SubjectListLine));
  const HEADER = '学校代码,证件类型,证件号码,科目,名单,原因';
  const takeIn = (...lines: string[]) =>
    world.use(ImportSubjectLists).execute({ file: world.file([HEADER, ...lines]), sitting: 262 }, CLERK);
  const LINE = '12001,护照,99301000037,英语六级,白名单,2004年四级成绩';

  it('that are added or changed leave before and after, and the file its fingerprint (R-AD-2)', async () => {
    await world.empty(AuditLine);
    const file = world.file([HEADER, LINE]);
    const teacher = { type: 'STAFF', staffId: newId(), role: 'SCHOOL', schoolCode: '12001' } as const;
    await world.use(ImportSubjectLists).execute({ file, sitting: 262 }, teacher);
    const [line] = await world.rows(SubjectListLine);
    const place = {
      actor: expect.stringContaining(teacher.staffId),
      provinceCode: '12',
      schoolCode: '12001',
    };
    const { documentType, subjectCode, list, reason } = line!;
    const facts = { documentType, documentNumber: '993****0037', subjectCode, list, reason };
    expect(await world.rows(AuditLine)).toMatchObject([
      {
        ...place,
        ...{ action: 'subject-list-line.add', rowId: line!.id },
        ...{ factsBefore: null, factsAfter: facts },
      },
      {
        ...place,
        ...{ action: 'subject-list-line.import', rowId: sitting.id },
        factsAfter: { sha256: await fingerprintOf(file), inserted: 1 },
      },
    ]);

    await world.empty(AuditLine);
    await takeIn(LINE.replace('2004年四级成绩', '转学'));
    expect(await changed()).toEqual([
      ['subject-list-line.edit', { reason: '2004年四级成绩' }, { reason: '转学' }],
    ]);
  });

  it('are each school’s own, and one school’s are stored once, whoever takes them in at the same moment', async () => {
    const ofSchool = (schoolCode: string): SubjectListLine => ({
      id: newId(),
      sittingId: sitting.id,
      ...{
        provinceCode: schoolCode.slice(0, 2),
        schoolCode,
        documentType: 'PASSPORT',
        documentNumber: '99301000037',
      },
      ...{ subjectCode: '2', list: 'WHITE', reason: null, createdAt: new Date(0) },
    });
    const [theirs, ours] = [ofSchool('15001'), ofSchool('12001')];
    const teacher = { type: 'STAFF', staffId: newId(), role: 'SCHOOL', schoolCode: '12001' } as const;
    const file = world.file([HEADER, LINE]);
    let importing: Promise<ImportResult> | undefined;
    await world.unitOfWork.run(async (tx) => {
      await tx.manager.insert(SubjectListLine, [theirs, ours]);
      importing = world.use(ImportSubjectLists).execute({ file, sitting: 262 }, teacher);
      await sleep(300);
    });
    expect(await importing!).toMatchObject({ stored: true, inserted: 0, updated: 1 });
    const lines = await world.rows(SubjectListLine);
    expect(new Map(lines.map(({ id, reason }) => [id, reason]))).toEqual(
      new Map([
        [theirs.id, null],
        [ours.id, '2004年四级成绩'],
      ]),
    );
  });

  it('name one student and subject a line', async () => {
    await takeIn(LINE, LINE.replace('白名单', 'BLACK'));
    const [black, white] = (await world.rows(SubjectListLine)).sort((a, b) => (a.list < b.list ? -1 : 1));
    expect([black!.list, white!.list]).toEqual(['BLACK', 'WHITE']);
    expect(white).toMatchObject({
      sittingId: sitting.id,
      schoolCode: '12001',
      documentType: 'PASSPORT',
      documentNumber: '99301000037',
      subjectCode: '2',
      reason: '2004年四级成绩',
    });
    expect(await takeIn(LINE)).toMatchObject({ unchanged: 1 });
  });

  it('are refused line by line', async () => {
    const result = await takeIn(
      LINE.replace('12001', '99999'),
      LINE.replace('白名单', '灰名单'),
      LINE.replace('护照', '居民身份证'),
      LINE.replace('037', '038'),
      LINE.replace('037', '038'),
    );
    expect(shortly(result)).toEqual([
      '2 school_code UNKNOWN_SCHOOL',
      '3 list NOT_IN_LIST',
      '4 document_number CHECK_DIGIT_WRONG',
      '6 document_number REPEATED_LINE',
    ]);
  });
});
