import { newId } from '../../../src/kernel/ids.js';
import type { SubjectCode } from '../../../src/kernel/words.js';
import { Cet4Result, type StudentDetails, StudentRecord } from '../../../src/modules/qualification/index.js';
import { type Admits, type Campus, School } from '../../../src/modules/sitting/index.js';
import { openAccount } from '../../support/passport.js';
import { StatementCounter } from '../../support/statement-counter.js';
import { World } from '../../support/world.js';

/** Words for stories about candidates who have looked up a student and registered nobody yet. */
export async function openStories() {
  const statements = new StatementCounter();
  const world = await World.open({}, statements);
  const { unitOfWork } = world;
  const campuses = new Map<string, Campus>();
  const { id: sittingId } = await world.sitting();

  return {
    world,
    sittingId,
    statements,

    /** A campus of a school with a name. */
    async campus(code: string, schoolName: string, name = schoolName): Promise<void> {
      const [provinceCode, schoolCode] = [code.slice(0, 2), code.slice(0, 5)];
      const school = {
        code: schoolCode,
        provinceCode,
        name: schoolName,
        city: null,
        educationLevel: null,
        moeCode: null,
      };
      await unitOfWork.run((tx) => tx.manager.upsert(School, school, ['code']));
      campuses.set(code, await world.campus({ code, schoolCode, provinceCode, name }));
    },

    /** A venue whose window is not open yet. */
    venue(
      campusCode: string,
      subject: SubjectCode,
      admits: Admits = 'OWN_SCHOOL',
      admittedSchools: string[] | null = null,
      inSitting = sittingId,
    ) {
      const campus = campuses.get(campusCode)!;
      return world.venue({ campus, subject, admits, admittedSchools, opensAt: null, sittingId: inSitting });
    },

    /** A second-year undergraduate of campus 120010 named 张三, unless told otherwise. */
    async student(details: Partial<StudentDetails> = {}, inSitting = sittingId): Promise<StudentRecord> {
      const campusCode = details.campusCode ?? '120010';
      const record: StudentRecord = {
        id: newId(),
        sittingId: inSitting,
        details: {
          provinceCode: campusCode.slice(0, 2),
          schoolCode: campusCode.slice(0, 5),
          campusCode,
          documentType: 'RESIDENT_ID',
          documentNumber: anyResidentId(),
          name: '张三',
          gender: 'FEMALE',
          educationLevel: 'UNDERGRADUATE',
          duration: '4',
          entryYear: 2024,
          grade: '2',
          college: '化学学院',
          major: '高分子化学与物理',
          className: '1',
          studentNumber: '00037',
          remark: null,
          ...details,
        },
        phone: null,
      };
      await unitOfWork.run((tx) => tx.manager.insert(StudentRecord, record));
      return record;
    },

    /** A CET4 result of 500 under 张三's name, unless told otherwise. */
    async result(facts: Partial<Cet4Result> & Pick<Cet4Result, 'documentNumber'>): Promise<Cet4Result> {
      const row: Cet4Result = {
        ticketNumber: anyTicket(),
        documentType: null,
        name: '张三',
        score: 500,
        ...facts,
      };
      await unitOfWork.run((tx) => tx.manager.insert(Cet4Result, row));
      return row;
    },

    /** Somebody signed in, who has accepted the agreement unless told otherwise. */
    async candidate(facts: Parameters<typeof openAccount>[1] & { agreed?: boolean } = {}) {
      const { agreed = true, ...account } = facts;
      const opened = await openAccount(world.app, account);
      const call =
        (method: 'get' | 'post' | 'put' | 'delete') =>
        (path: string, body: object = {}) => {
          const asked = world.http[method](`/api/v1${path}`).set('Authorization', `Bearer ${opened.token}`);
          return method === 'post' || method === 'put' ? asked.send(body) : asked;
        };
      const candidate = {
        ...opened,
        get: call('get'),
        post: call('post'),
        put: call('put'),
        delete: call('delete'),
        /** Looks up a student, or what was typed instead. */
        lookUp: ({ details }: Pick<StudentRecord, 'details'>, typed: object = {}) => {
          const { documentType, documentNumber, name } = details;
          return call('post')('/qualification/queries', { documentType, documentNumber, name, ...typed });
        },
      };
      if (agreed) await candidate.post('/agreement/acceptance', { version: 1 }).expect(201);
      return candidate;
    },
  };
}

export type Stories = Awaited<ReturnType<typeof openStories>>;
export type StoryCandidate = Awaited<ReturnType<Stories['candidate']>>;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
let people = 0;

/** A resident id nobody has had in this process, with its check digit. */
export function anyResidentId(): string {
  const body = `12010120040101${String(++people).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + '10X98765432'[sum % 11];
}

let tickets = 0;

/** A CET4 ticket of June 2025 that nobody has had. */
export function anyTicket(): string {
  return `1200102511${String(++tickets).padStart(5, '0')}`;
}
