import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { DataSource, type Logger } from 'typeorm';
import { AppModule } from '../../src/app.module.js';
import { DAYS, HOURS, later } from '../../src/kernel/clock.js';
import { newId } from '../../src/kernel/ids.js';
import { SUBJECTS, type SubjectCode } from '../../src/kernel/words.js';
import { SessionRepository } from '../../src/modules/passport/session.repository.js';
import { type StudentDetails, StudentRecord } from '../../src/modules/qualification/index.js';
import { ConfirmRegistration } from '../../src/modules/registration/confirm-registration.use-case.js';
import {
  Campus,
  type Notice,
  NoticeRepository,
  Province,
  ProvinceSetting,
  School,
  type Sitting,
  SittingRepository,
  Venue,
} from '../../src/modules/sitting/index.js';
import { Config } from '../../src/platform/config.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { configureHttp } from '../../src/platform/http/configure.js';
import { makeLogger, NestLogger } from '../../src/platform/http/logging.js';
import { RichText } from '../../src/platform/http/rich-text.js';
import { JobHandlers } from '../../src/platform/queue/job-handlers.js';
import type { JobData, JobName } from '../../src/platform/queue/job-names.js';
import { StoryClock } from './clock.js';
import { openTestDatabase, type TestDatabase } from './engine.js';
import { everyProblemIsListed } from './listed-problems.js';
import { openAccount } from './passport.js';

/** Tables that the migrations fill. */
const KEPT = ['migrations', 'agreement'];

/** A candidate with a session: speaks to the API as a program would. */
export class TestCandidate {
  constructor(
    private readonly world: World,
    readonly accountId: string,
    private token: string,
    readonly phone: string | null,
    readonly record: StudentRecord,
  ) {}

  /** For clients of one's own. */
  get sessionToken(): string {
    return this.token;
  }

  get documents() {
    const { documentType, documentNumber, name } = this.record.details;
    return { documentType, documentNumber, name };
  }

  get(path: string) {
    return this.with(this.world.http.get(`/api/v1${path}`));
  }
  post(path: string, body: object = {}) {
    return this.with(this.world.http.post(`/api/v1${path}`)).send(body);
  }
  put(path: string, body: object = {}) {
    return this.with(this.world.http.put(`/api/v1${path}`)).send(body);
  }
  patch(path: string, body: object = {}) {
    return this.with(this.world.http.patch(`/api/v1${path}`)).send(body);
  }
  delete(path: string) {
    return this.with(this.world.http.delete(`/api/v1${path}`));
  }

  /** Sessions end before some deadlines do. */
  async signsInAgain(): Promise<void> {
    const sessions = this.world.use(SessionRepository);
    const { token } = await this.world.unitOfWork.run((tx) =>
      sessions.open(tx, { accountId: this.accountId }),
    );
    this.token = token;
  }

  /** Enrols in a written or oral venue and gives the enrolment. */
  async enrols(venue: Venue) {
    const kind = venue.kind === 'WRITTEN' ? 'written' : 'oral';
    const answer = await this.post(`/${kind}/enrolments`, { venueIds: [venue.id] }).expect(201);
    return answer.body.items[0] as { id: string; payBy: string; state: string };
  }

  /** Joins a queue and gives the entry. */
  async waitsFor(venue: Venue) {
    const answer = await this.post('/waitlist/entries', { venueId: venue.id }).expect(201);
    return answer.body as { id: string; ahead: number; state: string };
  }

  /** Pays everything unpaid of a kind at the sandbox platform. */
  async pays(kind: 'WRITTEN' | 'ORAL' = 'WRITTEN', how: { notify?: string; method?: string } = {}) {
    const page = await this.get('/registration').expect(200);
    for (const enrolment of page.body.written.enrolments) {
      if (enrolment.state !== 'UNPAID' || enrolment.reportForm) continue;
      await this.put(`/enrolments/${enrolment.id}/score-report`, { form: 'PAPER' }).expect(200);
    }
    const order = (await this.post('/payment/orders', { kind }).expect(201)).body;
    await this.world.http
      .post(`/sandbox-pay/${order.neeaId}/pay`)
      .set('Accept', 'application/json')
      .send({ method: 'ALIPAY', notify: 'NOW', ...how })
      .expect(200);
    return order as { id: string; neeaId: string; amountFen: number };
  }

  async page() {
    return (await this.get('/registration').expect(200)).body;
  }

  /** Any request, sent by this candidate. */
  with(test: request.Test): request.Test {
    return test.set('Authorization', `Bearer ${this.token}`);
  }
}

/**
 * The whole application on the engine of this round, a clock that stands still, and words to begin a story with:
 *
 * @example
 * const { candidate, venue } = await world.openVenue({ seats: 1 });
 * await candidate.enrols(venue);
 */
export class World {
  readonly clock: StoryClock;
  private numbers = 0;
  private currentSitting?: Sitting;

  private constructor(
    readonly app: NestExpressApplication,
    private readonly database: TestDatabase,
    clock: StoryClock,
    /** What the application has logged; nothing at the `silent` of most stories. */
    readonly logLines: readonly string[],
  ) {
    this.clock = clock;
  }

  /** `backOffice` is what `src/admin/index.ts` exports; it is heavy, so only its own stories ask for it. */
  static async open(
    settings: Partial<Config> = {},
    databaseLogger?: Logger,
    backOffice?: typeof import('../../src/admin/index.js'),
  ): Promise<World> {
    const database = await openTestDatabase(settings);
    await migrate(database.config);
    return World.start(database, new StoryClock(), databaseLogger, backOffice);
  }

  /** Another process's worth of the application on the same database and clock, as where several machines work. */
  async beside(settings: Partial<Config> = {}): Promise<World> {
    const config = new Config({ ...this.database.config, ...settings });
    const other = await World.start({ config, drop: async () => undefined }, this.clock);
    other.currentSitting = this.currentSitting;
    return other;
  }

  private static async start(
    database: TestDatabase,
    clock: StoryClock,
    databaseLogger?: Logger,
    backOffice?: typeof import('../../src/admin/index.js'),
  ): Promise<World> {
    const logLines: string[] = [];
    const logger = makeLogger(database.config, { write: (line) => void logLines.push(line) });
    const module = await Test.createTestingModule({
      imports: [
        AppModule.register(database.config, {
          schedule: false,
          clock,
          databaseLogger,
          logger,
          backOffice: backOffice?.AdminPanelModule,
        }),
      ],
    }).compile();
    const app = module.createNestApplication<NestExpressApplication>({
      bodyParser: false,
      logger: new NestLogger(logger),
    });
    everyProblemIsListed(app);
    await configureHttp(app, logger, backOffice?.mountAdminPanel);
    await app.listen(0, '127.0.0.1');
    return new World(app, database, clock, logLines);
  }

  get config(): Config {
    return this.database.config;
  }
  get http() {
    return request(this.app.getHttpServer());
  }
  /** `http://127.0.0.1:port`, for clients of one's own. */
  get url(): string {
    const { port } = this.app.getHttpServer().address() as { port: number };
    return `http://127.0.0.1:${port}`;
  }
  get dataSource(): DataSource {
    return this.app.get(DataSource);
  }
  get unitOfWork(): UnitOfWork {
    return this.app.get(UnitOfWork);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  /** Empties every table and puts the clock back: the next story begins with nothing. */
  async reset(): Promise<void> {
    this.clock.reset();
    this.currentSitting = undefined;
    const tables = this.dataSource.entityMetadatas.map(({ tableName }) => tableName);
    await this.unitOfWork.run(async (tx) => {
      for (const table of tables) if (!KEPT.includes(table)) await tx.manager.query(`DELETE FROM ${table}`);
    });
  }

  /** Runs a job as the schedule would. */
  job(name: JobName, data: JobData = {}): Promise<unknown> {
    return this.app.get(JobHandlers).run(name, data);
  }

  /** A use-case or repository, as the application has it. */
  use<T>(type: abstract new (...args: never[]) => T): T {
    return this.app.get(type as never, { strict: false });
  }

  /** The current sitting, with these policies if it is not there yet. */
  async sitting(policies: Partial<Sitting> = {}): Promise<Sitting> {
    if (this.currentSitting) return this.currentSitting;
    this.currentSitting = await this.unitOfWork.run((tx) =>
      this.use(SittingRepository).add(tx, {
        number: 262,
        name: '2026年下半年全国大学英语四、六级考试',
        current: true,
        ...policies,
      }),
    );
    return this.currentSitting;
  }

  /** A school of a province with its first campus, or another campus of a school. */
  async campus(facts: Partial<Campus> = {}): Promise<Campus> {
    const n = ++this.numbers;
    const provinceCode = facts.provinceCode ?? facts.schoolCode?.slice(0, 2) ?? '12';
    const schoolCode = facts.schoolCode ?? `${provinceCode}${String(n).padStart(3, '0')}`;
    const campus: Campus = {
      provinceCode,
      schoolCode,
      code: `${schoolCode}${n % 10}`,
      name: `第${n}校区`,
      oralElsewhereAllowed: true,
      ...facts,
    };
    await this.unitOfWork.run(async (tx) => {
      if (!(await tx.manager.existsBy(Province, { code: provinceCode }))) {
        await tx.manager.insert(Province, { code: provinceCode, name: `第${provinceCode}省` });
      }
      if (!(await tx.manager.existsBy(School, { code: schoolCode }))) {
        await tx.manager.insert(School, { code: schoolCode, provinceCode, name: `第${n}大学` });
      }
      await tx.manager.insert(Campus, campus);
    });
    return campus;
  }

  /** A venue that is open now, with an exam time and a fee, unless told otherwise. */
  async venue(
    facts: Partial<Omit<Venue, 'subjectCode'>> & {
      subject?: SubjectCode;
      campus?: Campus;
      seats?: number;
    } = {},
  ): Promise<Venue> {
    const { subject = '1', campus = await this.campus(), seats = 100, ...rest } = facts;
    const sitting = await this.sitting();
    const now = this.clock.now();
    const venue: Venue = {
      id: newId(),
      sittingId: sitting.id,
      provinceCode: campus.provinceCode,
      schoolCode: campus.schoolCode,
      campusCode: campus.code,
      subjectCode: subject,
      kind: SUBJECTS[subject].kind,
      level: SUBJECTS[subject].level,
      feeFen: 3000,
      capacity: seats,
      taken: 0,
      waiting: 0,
      sequence: 0,
      examStartsAt: later(now, 30 * DAYS),
      examEndsAt: later(now, 30 * DAYS + 2 * HOURS),
      opensAt: later(now, -1 * HOURS),
      closesAt: later(now, 7 * DAYS),
      admits: 'OWN_SCHOOL',
      admittedSchools: null,
      ticketPrinting: 'SELF',
      ticketAvailableAt: null,
      ...rest,
    };
    await this.unitOfWork.run((tx) => tx.manager.insert(Venue, venue));
    return venue;
  }

  /** A student on a campus's roster. */
  async record(
    facts: Partial<StudentDetails> & { campus?: Campus; phone?: string | null } = {},
  ): Promise<StudentRecord> {
    const { campus = await this.campus(), phone = null, ...rest } = facts;
    const sitting = await this.sitting();
    const n = ++this.numbers;
    const record: StudentRecord = {
      id: newId(),
      sittingId: sitting.id,
      details: {
        provinceCode: campus.provinceCode,
        schoolCode: campus.schoolCode,
        campusCode: campus.code,
        documentType: 'PASSPORT',
        documentNumber: `E${String(n).padStart(8, '0')}`,
        name: `考生${n}`,
        gender: 'FEMALE',
        educationLevel: 'UNDERGRADUATE',
        duration: '4',
        entryYear: 2024,
        grade: '2024',
        college: '化学学院',
        major: '高分子化学与物理',
        className: '1',
        studentNumber: String(n).padStart(5, '0'),
        remark: null,
        ...rest,
      },
      phone,
    };
    await this.unitOfWork.run((tx) => tx.manager.insert(StudentRecord, record));
    return record;
  }

  /** Somebody signed in who has accepted the agreement; a student of the campus, not registered yet. */
  async candidate(
    facts: Partial<StudentDetails> & { campus?: Campus; email?: string } = {},
  ): Promise<TestCandidate> {
    const { email, ...details } = facts;
    const record = await this.record(details);
    const account = await openAccount(this.app, { email });
    const candidate = new TestCandidate(this, account.accountId, account.token, account.phone, record);
    const agreement = (await candidate.get('/agreement').expect(200)).body;
    await candidate.post('/agreement/acceptance', { version: agreement.version });
    return candidate;
  }

  /** The same, registered. The campus must be open. */
  async registered(facts: Parameters<World['candidate']>[0] = {}): Promise<TestCandidate> {
    const candidate = await this.candidate(facts);
    const { accountId } = candidate;
    await this.use(ConfirmRegistration).execute(
      { ...candidate.documents, recordConfirmed: true, phoneConfirmed: true },
      { type: 'CANDIDATE', accountId, sessionId: 'test' },
    );
    return candidate;
  }

  /** A campus with one venue, and a registered candidate of it. */
  async openVenue(facts: Parameters<World['venue']>[0] = {}) {
    const campus = facts.campus ?? (await this.campus());
    const venue = await this.venue({ ...facts, campus });
    const candidate = await this.registered({ campus });
    return { campus, venue, candidate };
  }

  /** The venue's seats as they are now. */
  async seats(venue: Venue): Promise<Pick<Venue, 'capacity' | 'taken' | 'waiting' | 'sequence'>> {
    const { capacity, taken, waiting, sequence } = await this.dataSource.manager.findOneByOrFail(Venue, {
      id: venue.id,
    });
    return { capacity, taken, waiting, sequence };
  }

  async notice({ body = '正文', ...facts }: Partial<Notice> & { body?: string }): Promise<void> {
    const sitting = await this.sitting();
    await this.unitOfWork.run((tx) =>
      this.use(NoticeRepository).add(tx, {
        sittingId: sitting.id,
        issuer: 'CENTRAL',
        provinceCode: null,
        schoolCode: null,
        kind: null,
        title: '通告',
        body: RichText.of(body),
        ...facts,
      }),
    );
  }

  async oralTicketsFrom(provinceCode: string, time: Date): Promise<void> {
    const sitting = await this.sitting();
    await this.unitOfWork.run((tx) =>
      tx.manager.insert(ProvinceSetting, {
        sittingId: sitting.id,
        provinceCode,
        oralTicketAvailableAt: time,
      }),
    );
  }
}
