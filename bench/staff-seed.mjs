/** A country's places, a large school with its roster, and what its staff send in: files, and rows as if it were late. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { idOf, tokenOf } from './people.mjs';

const require = createRequire(import.meta.url);

export const SCHOOL = '12001';
const CAMPUS = '120010';
const SITTING = 262;
const HEADER = '校区代码,证件类型,证件号码,姓名,性别,学历,学制,入学年份,年级,院系,专业,班级,学号,备注';
const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平'];

const cells = (n, letter) => [
  CAMPUS,
  '护照',
  `${letter}${String(n).padStart(8, '0')}`,
  SURNAMES[n % 20] + GIVEN[(n >> 3) % 20] + GIVEN[(n >> 7) % 20],
  n % 2 ? '男' : '女',
  '本科',
  '4',
  String(2021 + (n % 5)),
  String(2021 + (n % 5)),
  `第${n % 40}学院`,
  `专业${n % 200}`,
  `${n % 2000}班`,
  `${letter}${String(n).padStart(7, '0')}`,
  '',
];

/** A roster of so many students nobody else has; the letter keeps files apart. */
export async function rosterFile(folder, letter, count) {
  const lines = [HEADER];
  for (let n = 1; n <= count; n++) lines.push(cells(n, letter).join(','));
  const file = join(folder, `roster-${letter}.csv`);
  await writeFile(file, `${lines.join('\r\n')}\r\n`);
  return file;
}

export async function rosterWorkbook(folder, letter, count) {
  const rows = [HEADER.split(',')];
  for (let n = 1; n <= count; n++) rows.push(cells(n, letter));
  const file = join(folder, `roster-${letter}.xlsx`);
  await writeFile(file, await writeXlsx({ sheets: [{ name: '学籍', rows }] }));
  return file;
}

/** Schools and campuses of a country, and each campus's two written subjects, as files to be imported. */
export async function placeFiles(folder, schools) {
  const codes = Array.from(
    { length: schools },
    (_, i) => `${12 + (i % 30)}${String(1 + Math.floor(i / 30)).padStart(3, '0')}`,
  );
  const write = async (name, lines) => {
    const file = join(folder, `${name}.csv`);
    await writeFile(file, `${lines.join('\n')}\n`);
    return [name, file];
  };
  const days = (n) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
  const times = `${days(30)} 09:00,${days(30)} 11:20,${days(-1)} 09:00,${days(10)} 17:00`;
  return [
    await write('schools', [
      '省份代码,省份名称,学校代码,学校名称',
      ...codes.map((code) => `${code.slice(0, 2)},第${code.slice(0, 2)}省,${code},第${code}大学`),
    ]),
    await write('campuses', [
      '学校代码,校区代码,校区名称',
      ...codes.map((code) => `${code},${code}0,主校区`),
    ]),
    await write('venues', [
      '校区代码,科目,容量,费用,考试开始时间,考试结束时间,报名开始时间,报名结束时间',
      ...codes.flatMap((code) =>
        ['英语四级', '英语六级'].map((subject) => `${code}0,${subject},50000,30.00,${times}`),
      ),
    ]),
  ];
}

/** A zip of so many photos, named by passport numbers of the roster `letter`. Each is another picture. */
export async function photoZip(folder, letter, count) {
  const [parts, directory] = [[], []];
  let offset = 0;
  for (let n = 1; n <= count; n++) {
    const name = Buffer.from(`${letter}${String(n).padStart(8, '0')}.jpg`);
    const bytes = jpegOf(n);
    const packed = deflateRawSync(bytes, { level: 1 });
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, name, packed]);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, tail, name]));
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  const file = join(folder, 'photos.zip');
  await writeFile(file, Buffer.concat([...parts, listed, end]));
  return file;
}

/** 300 by 400 pixels, 20 kB, each another one. */
function jpegOf(n) {
  const part = (marker, content) => [
    0xff,
    marker,
    (content.length + 2) >> 8,
    (content.length + 2) & 0xff,
    ...content,
  ];
  const scan = Buffer.alloc(20_000);
  for (let i = 0; i < scan.length; i++) scan[i] = (i * n) % 255;
  return Buffer.concat([
    Buffer.from([
      0xff,
      0xd8,
      ...part(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
      ...part(0xdb, [0, ...Array(64).fill(16)]),
      ...part(0xc0, [8, 400 >> 8, 400 & 0xff, 300 >> 8, 300 & 0xff, 1, 1, 0x11, 0]),
      ...part(0xc4, [0x00, 1, ...Array(15).fill(0), 0]),
      ...part(0xc4, [0x10, 1, ...Array(15).fill(0), 0]),
      ...part(0xda, [1, 1, 0, 0, 63, 0]),
    ]),
    scan,
    Buffer.from([0xff, 0xd9]),
  ]);
}

/**
 * Candidates of the large school who have paid for English 4 and have no seat yet, signed in; registration is over. The
 * last one has paid nothing: it is who saves a profile meanwhile.
 */
export async function seedCandidates(database, count) {
  const store = await database.open();
  const now = new Date();
  const at = (ms) => new Date(now.getTime() + ms).toISOString().slice(0, 23).replace('T', ' ');
  const [hour, day] = [3_600_000, 86_400_000];
  try {
    const [[sitting], [venue]] = [
      await store.rows(`SELECT id FROM sitting WHERE number = ${SITTING}`),
      await store.rows(`SELECT id FROM venue WHERE campus_code = '${CAMPUS}' AND subject_code = '1'`),
    ];
    const details = (n) => [
      '12',
      SCHOOL,
      CAMPUS,
      'PASSPORT',
      `Z${String(n).padStart(8, '0')}`,
      `考生${n}`,
      'FEMALE',
      'UNDERGRADUATE',
    ];
    const DETAILS =
      'province_code, school_code, campus_code, document_type, document_number, name, gender, education_level';
    const numbers = Array.from({ length: count + 1 }, (_, i) => i + 1);
    await store.insert(
      'account (id, phone, password_hash, password_must_change, created_at)',
      numbers.map((n) => [idOf('account', n), `1${String(n).padStart(10, '0')}`, '-', 0, at(0)]),
    );
    await store.insert(
      'session (id, account_id, token_hash, created_at, expires_at)',
      numbers.map((n) => [idOf('session', n), idOf('account', n), hash(tokenOf(n)), at(0), at(day)]),
    );
    await store.insert(
      'agreement_acceptance (account_id, version, accepted_at)',
      numbers.map((n) => [idOf('account', n), 1, at(0)]),
    );
    await store.insert(
      `student_record (id, sitting_id, ${DETAILS})`,
      numbers.map((n) => [idOf('record', n), sitting.id, ...details(n)]),
    );
    await store.insert(
      `registration (id, sitting_id, account_id, record_id, state, ${DETAILS}, levels_held, levels_held_since, created_at)`,
      numbers.map((n) => [
        idOf('registration', n),
        sitting.id,
        idOf('account', n),
        idOf('record', n),
        'ACTIVE',
        ...details(n),
        1,
        at(0),
        at(0),
      ]),
    );
    await store.insert(
      `enrolment (id, registration_id, sitting_id, venue_id, province_code, school_code, campus_code, subject_code, kind,
         level, candidate_province_code, candidate_school_code, fee_fen, state, pay_by, enrolled_by, locked_by_school,
         report_form, created_at, paid_at)`,
      numbers
        .slice(0, count)
        .map((n) => [
          idOf('enrolment', n),
          idOf('registration', n),
          sitting.id,
          venue.id,
          '12',
          SCHOOL,
          CAMPUS,
          '1',
          'WRITTEN',
          4,
          '12',
          SCHOOL,
          3000,
          'PAID',
          at(day),
          'CANDIDATE',
          0,
          'PAPER',
          at(0),
          at(0),
        ]),
    );
    await store.insert(
      'student_photo (record_id, jpeg, sha256, width, height, taken_in_at)',
      numbers.slice(0, 500).map((n) => [idOf('record', n), jpegOf(n), hash(String(n)), 300, 400, at(0)]),
    );
    await store.run(
      `UPDATE venue SET taken = ${count}, closes_at = '${at(-hour)}', ticket_available_at = '${at(-hour)}' WHERE id = '${venue.id}'`,
    );
    return {
      venueId: venue.id,
      enrolments: numbers.slice(0, count).map((n) => ({ id: idOf('enrolment', n), token: tokenOf(n) })),
      writer: tokenOf(count + 1),
    };
  } finally {
    await store.close();
  }
}

const hash = (text) => createHash('sha256').update(text).digest('hex');

/** The embedded engine, as a database of a run. */
export class SqliteDatabase {
  constructor(name, dataDir) {
    this.name = name;
    this.dataDir = dataDir;
  }

  async open() {
    const Database = require('libsql');
    const database = new Database(join(this.dataDir, 'cet.sqlite'), { timeout: 10_000 });
    return {
      rows: async (sql) => database.prepare(sql).all([]),
      run: async (sql) => database.exec(sql),
      insert: async (into, rows) => {
        const statement = database.prepare(`INSERT INTO ${into} VALUES (${rows[0].map(() => '?')})`);
        database.exec('BEGIN IMMEDIATE');
        for (const row of rows) statement.run(row);
        database.exec('COMMIT');
      },
      close: async () => database.close(),
    };
  }
}
