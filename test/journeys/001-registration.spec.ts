import type { StaffActor } from '../../src/kernel/actor.js';
import { SECONDS } from '../../src/kernel/clock.js';
import {
  Cet4Result,
  Cet6Review,
  CompareCet6Review,
  DecideCet6Review,
  StudentRecord,
} from '../../src/modules/qualification/index.js';
import { Agreement, type Campus, School, type Venue } from '../../src/modules/sitting/index.js';
import { problem } from '../support/problem.js';
import { World } from '../support/world.js';
import { Program } from './program.js';

/** 报名流程, March 2019: 12 hours to pay, 12 hours for an empty registration, orals once the written is enrolled. */
describe('[001] 全国大学英语四六级考试（CET）报名流程', () => {
  const EMAIL = 'lantian@example.edu.cn';
  const PASSWORD = 'blue-sky-19';
  const PHONE = '13912340001';
  const documentsOf = ({ documentType, documentNumber, name }: StudentRecord['details']) => ({
    documentType,
    documentNumber,
    name,
  });

  let world: World;
  let campus: Campus;
  let elsewhere: Campus;
  let venues: Record<'cet4' | 'cet6' | 'japanese' | 'oral4' | 'oral4Elsewhere' | 'oral4Full', Venue>;
  let record: StudentRecord;
  let documents: ReturnType<typeof documentsOf>;
  let program: Program;
  let orders: { neeaId: string; checkoutUrl: string; lines: unknown[]; amountFen: number }[];

  const at = (time: string) => world.clock.set(new Date(`2019-${time}+08:00`));
  const codes = (subjects: { code: string }[]) => subjects.map(({ code }) => code);

  /** Somebody else with a program of their own, signed in, agreed, found on the roster. */
  async function another(phone: string, facts: Parameters<World['record']>[0] = {}) {
    const theirs = await world.record({ campus, ...facts });
    const other = new Program(world);
    const code = await other.obtainsCode('REGISTER', phone);
    await other.registers({ phone, code, password: PASSWORD });
    await other.signsIn(phone, PASSWORD);
    await other.agrees();
    return { other, record: theirs, documents: documentsOf(theirs.details) };
  }

  beforeAll(async () => {
    world = await World.open();
    at('02-28T09:00');
    await world.dataSource.manager.update(Agreement, { version: 1 }, { publishedAt: world.clock.now() });
    await world.sitting({
      number: 191,
      name: '2019年上半年全国大学英语四、六级考试',
      payHours: 12,
      emptyRegistrationHours: 12,
      oralNeedsWritten: 'ENROLLED',
    });
    campus = await world.campus({
      provinceCode: '99',
      schoolCode: '99101',
      code: '991010',
      name: '99101-0校区',
    });
    elsewhere = await world.campus({
      provinceCode: '99',
      schoolCode: '99102',
      code: '991020',
      name: '99102-0校区',
    });
    const full = await world.campus({
      provinceCode: '99',
      schoolCode: '99103',
      code: '991030',
      name: '99103-0校区',
    });
    const late = await world.campus({
      provinceCode: '99',
      schoolCode: '99104',
      code: '991040',
      name: '99104-0校区',
    });
    await world.dataSource.manager.update(School, { code: '99101' }, { name: '99101测试学校' });
    const open = {
      opensAt: new Date('2019-03-01T09:44+08:00'),
      closesAt: new Date('2019-03-10T17:00+08:00'),
    };
    const toAll = { ...open, admits: 'ALL_SCHOOLS' as const, feeFen: 5000 };
    venues = {
      cet4: await world.venue({ campus, subject: '1', ...open }),
      cet6: await world.venue({ campus, subject: '2', ...open }),
      japanese: await world.venue({ campus, subject: '3', ...open }),
      oral4: await world.venue({ campus, subject: 'F', ...open, feeFen: 5000, seats: 4 }),
      oral4Elsewhere: await world.venue({ campus: elsewhere, subject: 'F', ...toAll, seats: 10 }),
      oral4Full: await world.venue({ campus: full, subject: 'F', ...toAll, seats: 0 }),
    };
    await world.venue({ campus: late, subject: 'F', ...toAll, opensAt: new Date('2019-03-05T09:00+08:00') });
    await world.notice({ issuer: 'PROVINCE', provinceCode: '99', title: '报考须知', kind: 'WRITTEN' });
    await world.notice({ issuer: 'PROVINCE', provinceCode: '99', title: '口试省通告', kind: 'ORAL' });
    await world.notice({ issuer: 'SCHOOL', schoolCode: '99101', title: '学校通告' });
    record = await world.record({ campus, name: '蓝天', documentNumber: '99101000001' });
    documents = documentsOf(record.details);
    program = new Program(world);
  });
  afterAll(() => world.close());

  it('§3: has no account yet: registers one with an e-mail address, and signs in with it', async () => {
    await program.registers({ email: EMAIL, password: PASSWORD });
    expect(await program.signsIn(EMAIL, PASSWORD)).toMatchObject({ email: EMAIL, phoneBound: false });
  });

  it('§4: without a bound mobile number the registration site sends to the passport', async () => {
    for (const closed of [
      program.get('/registration'),
      program.post('/agreement/acceptance', { version: 1 }),
      program.post('/qualification/queries', documents),
      program.confirms(documents),
    ]) {
      const answer = await closed.expect(403).expect(problem('PHONE_NOT_BOUND'));
      expect(answer.body.detail).toContain('请先在通行证网站绑定手机号');
    }
  });

  it('§5–6: binds the number with a code sent to it, and comes back', async () => {
    const code = await program.obtainsCode('BIND_PHONE', PHONE);
    const bound = await program.put('/passport/account/phone', { value: PHONE, code }).expect(200);
    expect(bound.body).toMatchObject({ phoneBound: true, phoneMasked: '139****0001' });
    expect(await program.signsIn(PHONE, PASSWORD)).toMatchObject({ email: EMAIL, phoneBound: true });
  });

  it('§7–8: begins, reads the agreement, ticks it and agrees', async () => {
    await program.get('/registration').expect(403).expect(problem('AGREEMENT_NOT_ACCEPTED'));
    await program.agrees();
    await program.get('/registration').expect(404).expect(problem('NOT_REGISTERED'));
  });

  it('§9: looks up by type, number and name; an officer’s card is no type, and all three must match', async () => {
    const look = (typed: object) => program.post('/qualification/queries', { ...documents, ...typed });
    await look({ documentType: 'MILITARY_OFFICER' })
      .expect(422)
      .expect(problem('DOCUMENT_TYPE_NOT_ACCEPTED'));
    await look({ name: '蓝大' }).expect(404).expect(problem('RECORD_NOT_FOUND'));
    await look({ documentType: 'MACAO_ID' }).expect(404).expect(problem('RECORD_NOT_FOUND'));
    await look({ documentNumber: ' ９９１０１０００００１ ' }).expect(200);
  });

  it('§10–12: sees record and subjects, and the button of the CET6 review', async () => {
    const { body } = await program.post('/qualification/queries', documents).expect(200);
    expect(body.record).toMatchObject({ name: '蓝天', schoolName: '99101测试学校', campusCode: '991010' });
    expect(codes(body.qualifiedSubjects)).toEqual(['1', '3', 'F']);
    expect(body.missingSubjects).toContainEqual(
      expect.objectContaining({ code: '2', reason: 'CET4_RESULT_NEEDED' }),
    );
    expect(body.cet6Review).toEqual({ offered: true });
    expect((await program.get('/cet6-review').expect(200)).body).toEqual({ offered: true });
  });

  describe('§13: the CET6 review', () => {
    const result = (ticketNumber: string, facts: Partial<Cet4Result>) =>
      world.dataSource.manager.insert(Cet4Result, {
        ticketNumber,
        documentType: 'PASSPORT',
        documentNumber: '99101000001',
        name: '蓝天',
        score: 425,
        ...facts,
      });
    beforeAll(async () => {
      await result('991010182100101', { name: '别名' });
      await result('991010182100102', { score: 424 });
      await result('991010182100103', { documentNumber: 'E90000001', name: '王明' });
    });

    it('规则 3: an unknown ticket, one before 2005, a result below 425, or somebody else’s: nothing is stored', async () => {
      const submit = (ticketNumber: string) => program.post('/cet6-review', { ticketNumber });
      await submit('991010042100101').expect(422).expect(problem('TICKET_NUMBER_INVALID'));
      await submit('991010182200101').expect(422).expect(problem('TICKET_NUMBER_INVALID'));
      for (const ticketNumber of ['991010182100109', '991010182100102', '991010182100103']) {
        await submit(ticketNumber).expect(409).expect(problem('RESULT_NOT_FOUND'));
      }
      expect((await program.get('/cet6-review').expect(200)).body).toEqual({ offered: true });
    });

    it('规则 1: ticket and document number match, whatever the name: approved at once, and final', async () => {
      const { body } = await program.post('/cet6-review', { ticketNumber: '991010182100101' }).expect(201);
      expect(body).toMatchObject({ state: 'APPROVED', offered: false });
      const { body: now } = await program.post('/qualification/queries', documents).expect(200);
      expect(codes(now.qualifiedSubjects)).toEqual(['1', '2', '3', 'F']);
      const again = { ticketNumber: '991010182100101' };
      await program.post('/cet6-review', again).expect(409).expect(problem('REVIEW_EXISTS'));
      await program.put('/cet6-review', again).expect(409).expect(problem('REVIEW_FINAL'));
      await program.delete('/cet6-review').expect(409).expect(problem('REVIEW_FINAL'));
    });

    it('规则 2: only ticket and name match: 未复核 and untouchable, until the school decides', async () => {
      const { other, documents: theirs } = await another('13912340002', { name: '王明' });
      await other.post('/qualification/queries', theirs).expect(200);
      const ticket = { ticketNumber: '991010182100103' };
      expect((await other.post('/cet6-review', ticket).expect(201)).body).toMatchObject({ state: 'PENDING' });
      await other.put('/cet6-review', ticket).expect(409).expect(problem('REVIEW_PENDING'));
      await other.delete('/cet6-review').expect(409).expect(problem('REVIEW_PENDING'));

      const teacher: StaffActor = { type: 'STAFF', staffId: 't', role: 'SCHOOL', schoolCode: '99101' };
      const decide = async (decision: 'APPROVE' | 'REJECT', reason?: string) => {
        const { id: reviewId } = await world.dataSource.manager.findOneByOrFail(Cet6Review, { name: '王明' });
        const { version } = await world.use(CompareCet6Review).execute({ reviewId }, teacher);
        const basis = { materials: ['ID_DOCUMENT'], note: null } as const;
        const command = { reviewId, version, decision, reason, basis };
        await world.use(DecideCet6Review).execute(command, teacher);
        world.clock.advance(10 * SECONDS);
        await world.job('cet6-review.make-final');
      };
      await decide('REJECT', '请携带身份证明');
      expect((await other.get('/cet6-review').expect(200)).body).toMatchObject({
        state: 'REJECTED',
        reason: '请携带身份证明',
      });
      expect((await other.put('/cet6-review', ticket).expect(200)).body).toMatchObject({ state: 'PENDING' });
      await decide('APPROVE');
      const { body } = await other.post('/qualification/queries', theirs).expect(200);
      expect(codes(body.qualifiedSubjects)).toContain('2');
      expect(body.cet6Review).toEqual({ offered: false, state: 'APPROVED' });
    });
  });

  it('§14: before the window opens an account looks up several students, and none is bound', async () => {
    const friend = await world.record({ campus, name: '朋友' });
    const { body } = await program.post('/qualification/queries', documentsOf(friend.details)).expect(200);
    expect(body.record.name).toBe('朋友');
    await program.confirms(documents).expect(409).expect(problem('WINDOW_NOT_OPEN'));
    await program.confirms(documentsOf(friend.details)).expect(409).expect(problem('WINDOW_NOT_OPEN'));
  });

  it('§15: inside the window both ticks bind account and student, one to one, as the record is now', async () => {
    at('03-01T09:44');
    await program.signsIn(EMAIL, PASSWORD);
    const unticked = { ...documents, recordConfirmed: false, phoneConfirmed: true };
    await program.post('/registration', unticked).expect(422).expect(problem('CONFIRMATION_MISSING'));
    const { body } = await program.confirms(documents).expect(201);
    expect(body.snapshot).toMatchObject({ name: '蓝天', college: '化学学院' });

    await world.dataSource.manager.update(
      StudentRecord,
      { id: record.id },
      { details: { college: '物理学院' } },
    );
    expect((await program.page()).snapshot.college).toBe('化学学院');

    const rival = await another('13912340003');
    await rival.other.confirms(documents).expect(409).expect(problem('RECORD_ALREADY_REGISTERED'));
    await program.confirms(rival.documents).expect(409).expect(problem('ACCOUNT_ALREADY_REGISTERED'));
  });

  it('§16: reads the notices and chooses written subjects, one of a level', async () => {
    at('03-01T09:50');
    const { items, notices } = (await program.get('/written/venues').expect(200)).body;
    expect(notices.map(({ title }: { title: string }) => title).sort()).toEqual(['学校通告', '报考须知']);
    expect(items.map(({ subject }: { subject: { code: string } }) => subject.code).sort()).toEqual([
      '1',
      '2',
      '3',
    ]);
    const choose = (...chosen: Venue[]) =>
      program.post('/written/enrolments', { venueIds: chosen.map(({ id }) => id) });
    await choose(venues.cet4, venues.japanese).expect(409).expect(problem('LEVEL_CONFLICT'));
    const { body } = await choose(venues.cet4, venues.cet6).expect(201);
    expect(body.items).toHaveLength(2);
    await choose(venues.japanese).expect(409).expect(problem('LEVEL_CONFLICT'));
  });

  it('§17: sees that choosing is done and paying is next', async () => {
    expect(await program.steps()).toEqual([
      '报名协议 DONE',
      '资格信息查询 DONE',
      '资格信息确认 DONE',
      '笔试报考 DONE',
      '笔试缴费 UNPAID',
      '口试报考 TO_DO',
      '口试缴费 TO_DO',
      '完成报名 UNPAID',
      '打印准考证 NOT_PRINTABLE',
      '参加考试 TO_DO',
    ]);
    expect((await program.page()).actions).toEqual(expect.arrayContaining(['PAY_WRITTEN', 'CHOOSE_ORAL']));
  });

  it('§18: chooses the campus of the oral among those open now; green, yellow, or red: 无', async () => {
    const { items, choiceAllowed } = (await program.get('/oral/campuses?subject=F').expect(200)).body;
    expect(choiceAllowed).toBe(true);
    expect(items.map(({ campus: { code } }: { campus: Campus }) => code).sort()).toEqual([
      '991010',
      '991020',
      '991030',
    ]);

    const seatsAt = async (code: string) => {
      const { body } = await program.get(`/oral/venues?subject=F&campus=${code}`).expect(200);
      return body.items.map(({ seats, canEnrol }: { seats: { level: string }; canEnrol: boolean }) => [
        seats.level,
        canEnrol,
      ]);
    };
    expect(await seatsAt('991010')).toEqual([['AMPLE', true]]);
    expect(await seatsAt('991030')).toEqual([['NONE', false]]);
    const { notices } = (await program.get('/oral/venues?subject=F').expect(200)).body;
    expect(notices.map(({ title }: { title: string }) => title).sort()).toEqual(['口试省通告', '学校通告']);
    await program
      .post('/oral/enrolments', { venueIds: [venues.oral4Full.id] })
      .expect(409)
      .expect(problem('SEATS_FULL'));

    // 如笔试报名校区不允许报考外校口语，自动选定笔试报名校区
    const strict = await world.campus({
      provinceCode: '99',
      schoolCode: '99105',
      code: '991050',
      oralElsewhereAllowed: false,
    });
    const { opensAt, closesAt } = venues.cet4;
    for (const subject of ['1', 'F'] as const)
      await world.venue({ campus: strict, subject, opensAt, closesAt });
    const bound = await another('13912340004', { campus: strict });
    await bound.other.confirms(bound.documents).expect(201);
    expect((await bound.other.get('/oral/campuses?subject=F').expect(200)).body).toMatchObject({
      choiceAllowed: false,
      items: [{ campus: { code: '991050' } }],
    });
  });

  it('§19–20: ticks the oral at another campus, its written subject enrolled and not yet paid', async () => {
    const { body } = await program
      .post('/oral/enrolments', { venueIds: [venues.oral4Elsewhere.id] })
      .expect(201);
    expect(body.items).toMatchObject([
      { subject: { code: 'F' }, campus: { code: '991020' }, state: 'UNPAID' },
    ]);
    expect((await program.steps()).slice(5, 7)).toEqual(['口试报考 DONE', '口试缴费 UNPAID']);
  });

  it('§21: must pay everything within 12 hours', async () => {
    const { written, oral } = await program.page();
    for (const { payBy } of [...written.enrolments, ...oral.enrolments]) {
      expect(payBy).toBe('2019-03-01T21:50:00.000+08:00');
    }
    // while the oral is enrolled its written subject stays
    await program
      .delete(
        `/written/enrolments/${written.enrolments.find((e: { subject: { code: string } }) => e.subject.code === '1').id}`,
      )
      .expect(409)
      .expect(problem('ORAL_DEPENDS'));
  });

  it('§22: confirms what is paid; the written subjects first, the oral after them', async () => {
    await program.post('/payment/orders', { kind: 'ORAL' }).expect(409).expect(problem('WRITTEN_UNPAID'));
    const { written } = await program.page();
    for (const { id } of written.enrolments)
      await program.put(`/enrolments/${id}/score-report`, { form: 'ELECTRONIC' }).expect(200);
    const { body } = await program.post('/payment/orders', { kind: 'WRITTEN' }).expect(201);
    orders = [body];
    expect(body).toMatchObject({ payerName: '蓝天', amountFen: 6000, purpose: '第191次CET考试费' });
    expect(body.lines).toHaveLength(2);
  });

  it('§23–24: chooses 支付宝 on the platform’s page and pays, then the oral in the same way', async () => {
    const [written] = orders;
    expect(await program.checkoutPage(written!)).toContain('60.00');
    await program.pays(written!, 'ALIPAY');
    const { body: oral } = await program.post('/payment/orders', { kind: 'ORAL' }).expect(201);
    expect(oral).toMatchObject({ amountFen: 5000, lines: [{ subject: { name: '英语四级口试' } }] });
    await program.pays(oral, 'ALIPAY', 'TWICE');
  });

  it('§25–26: signs in again and finds everything paid', async () => {
    at('03-01T21:45');
    await program.signsIn(EMAIL, PASSWORD);
    const page = await program.page();
    expect(page).toMatchObject({ written: { paymentState: 'ALL_PAID' }, oral: { paymentState: 'ALL_PAID' } });
    expect(page.steps.slice(3, 8).every(({ state }: { state: string }) => state === 'DONE')).toBe(true);
    const subjects = (await program.messagesTo(EMAIL)).map(({ subject }) => subject);
    expect(subjects).toEqual(Array(2).fill('全国大学英语四、六级考试缴费成功'));
  });

  it('§15, 注意: 12 hours without any subject delete a registration, and the student is looked up again', async () => {
    const idle = await another('13912340005');
    await idle.other.confirms(idle.documents).expect(201);
    expect((await idle.other.page()).deletesAt).toBe('2019-03-02T09:45:00.000+08:00');
    at('03-02T09:45');
    await world.job('registration.delete-empty');
    await idle.other.signsIn('13912340005', PASSWORD);
    await idle.other.get('/registration').expect(404).expect(problem('NOT_REGISTERED'));
    await idle.other.post('/qualification/queries', idle.documents).expect(200);
    await idle.other.confirms(idle.documents).expect(201);
  });

  it('§21, 否则将被系统自动删除: 12 hours without payment, and the seat is somebody else’s', async () => {
    const slow = await another('13912340006');
    await slow.other.confirms(slow.documents).expect(201);
    await slow.other.post('/written/enrolments', { venueIds: [venues.japanese.id] }).expect(201);
    expect(await world.seats(venues.japanese)).toMatchObject({ taken: 1 });
    at('03-02T21:56'); // ten minutes later than shown, so that paying at the last minute works
    await world.job('enrolment.lapse');
    await slow.other.signsIn('13912340006', PASSWORD);
    expect((await slow.other.page()).written).toMatchObject({
      paymentState: 'NONE',
      enrolments: [{ state: 'LAPSED' }],
    });
    expect(await world.seats(venues.japanese)).toMatchObject({ taken: 0 });
    await program.signsIn(EMAIL, PASSWORD);
    expect((await program.page()).written.paymentState).toBe('ALL_PAID');
  });
});
