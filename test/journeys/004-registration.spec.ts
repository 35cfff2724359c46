import { Cet4Result } from '../../src/modules/qualification/index.js';
import { Enrolment } from '../../src/modules/registration/index.js';
import { Agreement, type Campus, School, type Venue } from '../../src/modules/sitting/index.js';
import { problem } from '../support/problem.js';
import { World } from '../support/world.js';
import { Program } from './program.js';

/** CET 考生报名操作流程, autumn 2022: 24 hours to pay, orals once the written subject is paid. */
describe('[004] CET 考生报名操作流程', () => {
  const EMAIL = 'lanxiaotian@example.edu.cn';
  const PASSWORD = 'xiao-tian-22';
  const PHONE = '13812340004';
  const DOCUMENTS = { documentType: 'MACAO_ID' as const, documentNumber: '12001000008', name: '蓝笑天' };

  let world: World;
  let program: Program;
  let campus: Campus;
  let venues: Record<
    'cet4' | 'cet6' | 'japanese' | 'japaneseFull' | 'japaneseUntimed' | 'german' | 'oral4' | 'oral6',
    Venue
  >;

  const at = (time: string) => world.clock.set(new Date(`2022-${time}+08:00`));
  const choose = (venue: Venue) => program.post('/written/enrolments', { venueIds: [venue.id] });
  const chooseOral = (venue: Venue) => program.post('/oral/enrolments', { venueIds: [venue.id] });
  /** The live enrolment in a subject. */
  const held = async (code: string): Promise<{ id: string; state: string }> => {
    const { written, oral } = await program.page();
    const all = [...written.enrolments, ...oral.enrolments];
    return all.find(({ subject, state }) => subject.code === code && ['UNPAID', 'PAID'].includes(state));
  };

  beforeAll(async () => {
    world = await World.open();
    at('10-31T11:00');
    await world.dataSource.manager.update(Agreement, { version: 1 }, { publishedAt: world.clock.now() });
    await world.sitting({ number: 222, name: '2022年下半年全国大学英语四、六级考试' });
    const nankai = (code: string, name: string) =>
      world.campus({ provinceCode: '12', schoolCode: '12001', code, name });
    campus = await nankai('120010', '南开大学');
    const balitai = await nankai('120011', '南开大学本科生八里台校区');
    const jinnan = await nankai('120012', '南开大学本科生津南校区');
    await world.dataSource.manager.update(School, { code: '12001' }, { name: '南开大学' });
    const window = {
      opensAt: new Date('2022-10-31T11:30+08:00'),
      closesAt: new Date('2022-11-07T17:00+08:00'),
    };
    const venue = (facts: Parameters<World['venue']>[0]) =>
      world.venue({ campus, feeFen: 10, ...window, ...facts });
    venues = {
      cet4: await venue({ subject: '1' }),
      cet6: await venue({ subject: '2' }),
      japaneseFull: await venue({ subject: '4', seats: 0 }),
      japaneseUntimed: await venue({ subject: '4', campus: balitai, examStartsAt: null, examEndsAt: null }),
      japanese: await venue({ subject: '4', campus: jinnan }),
      german: await venue({ subject: '5', feeFen: null }),
      oral4: await venue({ subject: 'F' }),
      oral6: await venue({ subject: 'S' }),
    };
    const { documentType, documentNumber, name } = DOCUMENTS;
    await world.dataSource.manager.insert(Cet4Result, {
      ...{ documentType, documentNumber, name, score: 425 },
      ticketNumber: '120010212100107',
    });
    await world.record({
      campus,
      ...DOCUMENTS,
      educationLevel: 'JUNIOR_COLLEGE',
      duration: '6',
      entryYear: 2016,
      grade: '11',
      studentNumber: '00008',
    });
    program = new Program(world);
  });
  afterAll(() => world.close());

  it('二（一）–（三）: registers with an e-mail address, a password of 6–18 characters typed twice, and a profile', async () => {
    const form = { email: EMAIL, password: PASSWORD, profile: DOCUMENTS };
    const refused = async (typed: object, code: string) =>
      problem(code)(await program.registers({ ...form, ...typed }, 422));
    await refused({ password: '12345' }, 'PASSWORD_LENGTH');
    await refused({ password: '1234567890123456789' }, 'PASSWORD_LENGTH');
    await refused({ passwordConfirmation: 'xiao-tian-23' }, 'PASSWORDS_DIFFER');
    await refused({ challenge: 'ABCD' }, 'CHALLENGE_FAILED');
    const { body } = await program.registers(form);
    expect(body).toMatchObject({ email: EMAIL, profile: { name: '蓝笑天' } });
  });

  it('二（四）: signs in, and binds the mobile number that newer rules ask for', async () => {
    await program.signsIn(EMAIL, PASSWORD);
    const code = await program.obtainsCode('BIND_PHONE', PHONE);
    await program.put('/passport/account/phone', { value: PHONE, code }).expect(200);
  });

  it('二（五）: accepts the agreement of 12 points', async () => {
    const { body } = await program.get('/agreement').expect(200);
    expect(body.points).toHaveLength(12);
    expect(body.points[5]).toContain('全额退还报名费');
    await program.agrees();
    expect((await program.get('/agreement').expect(200)).body.accepted).toBe(true);
  });

  it('一.2: can look before the window opens, and register only inside it', async () => {
    await program.post('/qualification/queries', DOCUMENTS).expect(200);
    await program.confirms(DOCUMENTS).expect(409).expect(problem('WINDOW_NOT_OPEN'));
    const { windows } = (await program.get('/sittings/current').expect(200)).body;
    expect(windows).toContainEqual({
      kind: 'WRITTEN',
      opensAt: '2022-10-31T11:30:00.000+08:00',
      closesAt: '2022-11-07T17:00:00.000+08:00',
    });
  });

  it('二（六）–（七）: looks up and confirms record and subjects; 英语六级 by the result of an earlier sitting', async () => {
    at('10-31T11:30');
    const { body } = await program.post('/qualification/queries', DOCUMENTS).expect(200);
    expect(body.record).toMatchObject({
      name: '蓝笑天',
      genderName: '女',
      documentTypeName: '澳门身份证',
      schoolCode: '12001',
      schoolName: '南开大学',
      campusCode: '120010',
      educationLevelName: '专科',
      entryYear: 2016,
    });
    expect(body.qualifiedSubjects.map(({ name }: { name: string }) => name)).toEqual([
      '英语四级',
      '英语六级',
      '日语六级',
      '德语四级',
      '英语四级口试',
      '英语六级口试',
    ]);
    expect(body.cet6Review).toEqual({ offered: false });
    await program.confirms(DOCUMENTS).expect(201);
  });

  it('二（八）: comes to the registration page: no subject yet, no order yet', async () => {
    const page = await program.page();
    expect(page).toMatchObject({ written: { enrolments: [] }, oral: { enrolments: [] } });
    expect(page.actions).toEqual(['CHOOSE_WRITTEN', 'DELETE_REGISTRATION']);
    expect((await program.get('/payment/orders').expect(200)).body).toEqual({ items: [] });
  });

  it('二（九）: sees for each venue whether it can be chosen, and why not', async () => {
    const { items } = (await program.get('/written/venues').expect(200)).body;
    const shown = (venue: Venue) => items.find(({ id }: Venue) => id === venue.id);
    expect(shown(venues.cet4)).toMatchObject({ canEnrol: true, canWait: false, seats: { level: 'AMPLE' } });
    expect(shown(venues.japanese)).toMatchObject({ canEnrol: true, campus: { code: '120012' } });
    expect(shown(venues.japaneseFull)).toMatchObject({
      canEnrol: false,
      canWait: true,
      reason: 'SEATS_FULL',
    });
    expect(shown(venues.japaneseUntimed)).toMatchObject({ canEnrol: false, reason: 'EXAM_TIME_UNSET' });
    expect(shown(venues.german)).toMatchObject({ canEnrol: false, canWait: false, reason: 'FEE_UNSET' });
    await choose(venues.japaneseFull).expect(409).expect(problem('SEATS_FULL'));
    await choose(venues.japaneseUntimed).expect(409).expect(problem('EXAM_TIME_UNSET'));
    await choose(venues.german).expect(409).expect(problem('FEE_UNSET'));
    await choose(venues.oral4).expect(404).expect(problem('NOT_FOUND'));
  });

  it('二（九）: the last unpaid subject is not given up but changed; one of two may go', async () => {
    const { body } = await choose(venues.cet6).expect(201);
    const { id } = body.items[0];
    await program.delete(`/written/enrolments/${id}`).expect(409).expect(problem('LAST_WRITTEN'));
    const changed = await program.put(`/written/enrolments/${id}`, { venueId: venues.cet4.id }).expect(200);
    expect(changed.body).toMatchObject({ id, subject: { name: '英语四级' }, state: 'UNPAID' });
    expect(await world.seats(venues.cet6)).toMatchObject({ taken: 0 });

    await choose(venues.japanese).expect(201);
    const japanese = await held('4');
    await program.delete(`/written/enrolments/${japanese.id}`).expect(204);
    await choose(venues.cet6).expect(201);
    await choose(venues.japanese).expect(409).expect(problem('LEVEL_CONFLICT'));
  });

  it('二（九）: what the school has locked for collective payment stays', async () => {
    const { id } = await held('2');
    const lock = (lockedBySchool: boolean) =>
      world.dataSource.manager.update(Enrolment, { state: 'UNPAID' }, { lockedBySchool });
    await lock(true);
    await program.delete(`/written/enrolments/${id}`).expect(409).expect(problem('LOCKED_BY_SCHOOL'));
    await program
      .post('/payment/orders', { kind: 'WRITTEN' })
      .expect(409)
      .expect(problem('LOCKED_BY_SCHOOL'));
    await program.delete('/registration').expect(409).expect(problem('LOCKED_BY_SCHOOL'));
    await lock(false);
  });

  it('一.4, 二（十）: the oral comes after its written subject is paid', async () => {
    await chooseOral(venues.oral4).expect(409).expect(problem('WRITTEN_UNPAID'));
    expect((await program.page()).actions).not.toContain('PAY_ORAL');
  });

  it('二（十一）: confirms name, document, kind, campus, subjects and total', async () => {
    for (const code of ['1', '2']) {
      await program
        .put(`/enrolments/${(await held(code)).id}/score-report`, { form: 'ELECTRONIC' })
        .expect(200);
    }
    const { body } = await program.post('/payment/orders', { kind: 'WRITTEN' }).expect(201);
    expect(body).toMatchObject({
      payerName: '蓝笑天',
      documentNumber: '120****0008',
      kind: 'WRITTEN',
      amountFen: 20,
      state: 'OPEN',
    });
    const again = await program.post('/payment/orders', { kind: 'WRITTEN' }).expect(201);
    expect(again.body.neeaId).toBe(body.neeaId);
    const { items } = (await program.get('/payment/orders').expect(200)).body;
    expect(items).toMatchObject([{ id: body.id, state: 'OPEN' }]);
  });

  it('二（十二）: pays on the platform’s page; then the subject stays and cannot be given up', async () => {
    const [order] = (await program.get('/payment/orders').expect(200)).body.items;
    const { body: opened } = await program.post('/payment/orders', { kind: 'WRITTEN' }).expect(201);
    const page = await program.checkoutPage(opened);
    for (const text of ['第222次CET考试费', '蓝笑天', '0.20', order.neeaId]) expect(page).toContain(text);
    await program.pays(order, 'WECHAT');

    const { body } = await program.get(`/payment/orders/${order.id}`).expect(200);
    expect(body).toMatchObject({ state: 'PAID', method: { name: '微信支付' } });
    expect((await program.page()).written).toMatchObject({ paymentState: 'ALL_PAID', unpaidFen: 0 });
    const { id } = await held('2');
    await program.delete(`/written/enrolments/${id}`).expect(409).expect(problem('ENROLMENT_PAID'));
    await program
      .put(`/written/enrolments/${id}`, { venueId: venues.japanese.id })
      .expect(409)
      .expect(problem('ENROLMENT_PAID'));
    await program.delete('/registration').expect(409).expect(problem('HAS_PAID_ENROLMENT'));
    await program.post('/payment/orders', { kind: 'WRITTEN' }).expect(409).expect(problem('NOTHING_TO_PAY'));
  });

  it('一.6, 二（十三）: gets an e-mail', async () => {
    const [mail] = await program.messagesTo(EMAIL);
    expect(mail!.subject).toBe('全国大学英语四、六级考试缴费成功');
    for (const text of ['英语四级', '英语六级', '南开大学', '¥0.20', '微信支付'])
      expect(mail!.body).toContain(text);
  });

  it('二（十）: chooses both orals; they are optional, so all unpaid ones may be given up', async () => {
    at('10-31T12:00');
    const { body } = await program
      .post('/oral/enrolments', { venueIds: [venues.oral4.id, venues.oral6.id] })
      .expect(201);
    expect(body.items).toHaveLength(2);
    for (const { id } of body.items) await program.delete(`/oral/enrolments/${id}`).expect(204);
    expect((await program.page()).oral.paymentState).toBe('NONE');
    await chooseOral(venues.oral4).expect(201);
    await chooseOral(venues.oral6).expect(201);
  });

  it('二（十二）: pays one order for both; the page stays open, so 更新 tells', async () => {
    const { body: order } = await program.post('/payment/orders', { kind: 'ORAL' }).expect(201);
    expect(order).toMatchObject({ kind: 'ORAL', amountFen: 20, lines: [{}, {}] });
    await program.pays(order, 'BOC', 'NEVER');
    expect((await program.page()).oral.paymentState).toBe('ALL_UNPAID');
    const { body } = await program.post(`/payment/orders/${order.id}/refresh`).expect(200);
    expect(body.state).toBe('PAID');
    expect((await program.steps()).slice(3, 8)).toEqual([
      '笔试报考 DONE',
      '笔试缴费 DONE',
      '口试报考 DONE',
      '口试缴费 DONE',
      '完成报名 DONE',
    ]);
    expect(await program.messagesTo(EMAIL)).toHaveLength(2);
  });

  it('一.7: a subject left unpaid for 24 hours is deleted by the system, seat and all; what is paid stays', async () => {
    const classmate = new Program(world);
    const phone = '13812340005';
    const code = await classmate.obtainsCode('REGISTER', phone);
    await classmate.registers({ phone, code, password: PASSWORD });
    await classmate.signsIn(phone, PASSWORD);
    await classmate.agrees();
    const { details } = await world.record({ campus });
    const { documentType, documentNumber, name } = details;
    await classmate.confirms({ documentType, documentNumber, name }).expect(201);
    const { body } = await classmate.post('/written/enrolments', { venueIds: [venues.cet4.id] }).expect(201);
    expect(body.items[0].payBy).toBe('2022-11-01T12:00:00.000+08:00');
    expect(await world.seats(venues.cet4)).toMatchObject({ taken: 2 });

    at('11-01T12:10');
    await world.job('enrolment.lapse');
    await classmate.signsIn(phone, PASSWORD);
    const { written } = await classmate.page();
    expect(written).toMatchObject({ paymentState: 'NONE', enrolments: [{ state: 'LAPSED' }] });
    expect(await world.seats(venues.cet4)).toMatchObject({ taken: 1 });
    await program.signsIn(EMAIL, PASSWORD);
    expect((await program.page()).written.paymentState).toBe('ALL_PAID');

    // 删除报名信息, while nothing is paid
    await classmate.delete('/registration').expect(204);
    await classmate.get('/registration').expect(404).expect(problem('NOT_REGISTERED'));
  });

  it('一.2: after the window nothing is chosen or given up any more', async () => {
    at('11-07T17:00');
    await program.signsIn(EMAIL, PASSWORD);
    const { items } = (await program.get('/written/venues').expect(200)).body;
    expect(items.every(({ canEnrol }: { canEnrol: boolean }) => !canEnrol)).toBe(true);
    expect((await program.get('/oral/campuses?subject=F').expect(200)).body.items).toEqual([]);
    await choose(venues.japanese).expect(409).expect(problem('WINDOW_NOT_OPEN'));
  });
});
