import { Agreement, School, type Venue } from '../../src/modules/sitting/index.js';
import { problem } from '../support/problem.js';
import { type TestCandidate, World } from '../support/world.js';
import { Program } from './program.js';

/** 候补报名流程, August 2022: from the first sign-in to the payment platform, by way of a queue. */
describe('[000] 候补报名流程', () => {
  const PHONE = '19912345678';
  const PASSWORD = 'lang-lu-2022';
  const DOCUMENTS = { documentType: 'PASSPORT' as const, documentNumber: '99301000037', name: '郎璐依珊' };

  let world: World;
  let program: Program;
  /** Has the only seat of 英语四级. */
  let holder: TestCandidate;
  let cet4: Venue;
  let japanese: Venue;
  let oral: Venue;
  let entry: { id: string };
  let enrolment: { id: string };
  let order: { id: string; neeaId: string; checkoutUrl: string };

  const at = (time: string) => world.clock.set(new Date(`2022-08-${time}+08:00`));

  beforeAll(async () => {
    world = await World.open();
    at('30T10:00:00');
    await world.dataSource.manager.update(Agreement, { version: 1 }, { publishedAt: world.clock.now() });
    await world.sitting({ number: 222, name: '2022年下半年全国大学英语四、六级考试' });
    const campus = await world.campus({
      provinceCode: '99',
      schoolCode: '99301',
      code: '993010',
      name: '测试校区机构001',
    });
    await world.dataSource.manager.update(School, { code: '99301' }, { name: '测试学校机构01' });
    const venue = (subject: '1' | '2' | '3' | '5' | '7' | 'F', seats: number) =>
      world.venue({ campus, subject, seats, feeFen: 1 });
    cet4 = await venue('1', 1);
    japanese = await venue('3', 0);
    oral = await venue('F', 0);
    await Promise.all([venue('2', 50), venue('5', 50), venue('7', 50)]);
    await world.notice({ issuer: 'PROVINCE', provinceCode: '99', title: '省通告', body: 'test' });
    await world.record({ campus, ...DOCUMENTS, entryYear: 2014, grade: '11', studentNumber: '00037' });
    holder = await world.registered({ campus });
    await holder.enrols(cet4);
    program = new Program(world);
    const code = await program.obtainsCode('REGISTER', PHONE);
    await program.registers({ phone: PHONE, code, password: PASSWORD });
  });
  afterAll(() => world.close());

  it('§1–2: the candidate signs in with account and password', async () => {
    expect(await program.signsIn(PHONE, PASSWORD)).toMatchObject({
      phoneMasked: '199****5678',
      phoneBound: true,
      passwordMustChange: false,
    });
  });

  it('§3: reads the agreement, ticks it and agrees; nothing goes on before', async () => {
    await program
      .post('/qualification/queries', DOCUMENTS)
      .expect(403)
      .expect(problem('AGREEMENT_NOT_ACCEPTED'));
    const { body: agreement } = await program.get('/agreement').expect(200);
    expect(agreement.accepted).toBe(false);
    expect(agreement.points).toHaveLength(12);
    await program.agrees();
  });

  it('§4: looks itself up by document type, document number and name', async () => {
    const { body } = await program.post('/qualification/queries', DOCUMENTS).expect(200);
    expect(body.record).toMatchObject({
      ...DOCUMENTS,
      genderName: '女',
      documentTypeName: '护照',
      schoolName: '测试学校机构01',
      schoolCode: '99301',
      campusName: '测试校区机构001',
      campusCode: '993010',
      educationLevelName: '本科',
      duration: '4',
      entryYear: 2014,
      grade: '11',
      college: '化学学院',
      major: '高分子化学与物理',
      className: '1',
      studentNumber: '00037',
    });
  });

  it('§5: checks record, subjects and phone number; both are to be ticked before they are saved', async () => {
    const { body } = await program.post('/qualification/queries', DOCUMENTS).expect(200);
    const names = (subjects: { name: string }[]) => subjects.map(({ name }) => name);
    expect(names(body.qualifiedSubjects)).toEqual([
      '英语四级',
      '日语四级',
      '德语四级',
      '俄语四级',
      '英语四级口试',
    ]);
    expect(body.missingSubjects).toContainEqual(
      expect.objectContaining({ name: '英语六级', reason: 'CET4_RESULT_NEEDED' }),
    );
    // 不具有CET6报考资格的考生，如满足资格复核申请条件，会在本页面显示“CET6资格复核”按钮
    expect(body.cet6Review).toEqual({ offered: true });
    expect(body.phoneMasked).toBe('199****5678');

    const ticks = { recordConfirmed: true, phoneConfirmed: false };
    await program
      .post('/registration', { ...DOCUMENTS, ...ticks })
      .expect(422)
      .expect(problem('CONFIRMATION_MISSING'));
    await program.confirms(DOCUMENTS).expect(201);
    expect(await program.page()).toMatchObject({
      deletesAt: '2022-08-31T10:00:00.000+08:00', // tip 7: 如果报考科目为空，报名信息会被系统自动删除
      cet6Review: { offered: true },
      actions: ['CHOOSE_WRITTEN', 'REQUEST_CET6_REVIEW', 'DELETE_REGISTRATION'],
    });
  });

  it('§6: finds 英语四级 full, and queues for it; one subject of a level only', async () => {
    at('30T10:54:26');
    const { items } = (await program.get('/written/venues').expect(200)).body;
    expect(items.find(({ id }: Venue) => id === cet4.id)).toMatchObject({
      subject: { code: '1', name: '英语四级' },
      school: { code: '99301' },
      campus: { code: '993010' },
      feeFen: 1,
      seats: { level: 'NONE' },
      waiting: 0,
      canEnrol: false,
      canWait: true,
      reason: 'SEATS_FULL',
    });
    await program
      .post('/written/enrolments', { venueIds: [cet4.id] })
      .expect(409)
      .expect(problem('SEATS_FULL'));
    entry = (await program.post('/waitlist/entries', { venueId: cet4.id }).expect(201)).body;
    await program
      .post('/waitlist/entries', { venueId: japanese.id })
      .expect(409)
      .expect(problem('LEVEL_CONFLICT'));
  });

  it('§7: sees steps, queue and notices on the registration page', async () => {
    expect(await program.steps()).toEqual([
      '报名协议 DONE',
      '资格信息查询 DONE',
      '资格信息确认 DONE',
      '笔试报考 TO_DO',
      '笔试缴费 TO_DO',
      '口试报考 TO_DO',
      '口试缴费 TO_DO',
      '完成报名 TO_DO',
      '打印准考证 NOT_PRINTABLE',
      '参加考试 TO_DO',
    ]);
    const page = await program.page();
    expect(page).toMatchObject({
      written: { enrolments: [], paymentState: 'NONE' },
      oral: { enrolments: [] },
      waitlist: {
        waiting: [
          {
            id: entry.id,
            state: 'WAITING',
            subject: { code: '1', name: '英语四级' },
            school: { code: '99301', name: '测试学校机构01' },
            campus: { code: '993010', name: '测试校区机构001' },
            submittedAt: '2022-08-30T10:54:26.000+08:00',
            ahead: 0,
          },
        ],
        ended: [],
      },
      notices: [{ issuer: 'PROVINCE', title: '省通告', body: 'test' }],
    });
    // who waits has something, so the registration stays
    expect(page.deletesAt).toBeUndefined();
  });

  it('§8: cancels, is warned and says why; the entry stands among the ended ones', async () => {
    at('30T11:03:39');
    const { cancellation } = (await program.get('/waitlist/entries').expect(200)).body;
    expect(cancellation.warning).toBe('取消再重新提交候补，将重新排队，可能降低候补成功概率。确定继续？');
    expect(cancellation.reasons.map(({ name }: { name: string }) => name)).toEqual([
      '放弃科目报考及候补',
      '换其他校区报考科目',
      '换其他校区候补科目',
      '换同级其他科目报考',
      '换同级其他科目候补',
    ]);
    await program.post(`/waitlist/entries/${entry.id}/cancellation`, { reason: 'GIVE_UP' }).expect(200);
    expect((await program.get('/waitlist/entries').expect(200)).body).toMatchObject({
      waiting: [],
      ended: [{ state: 'CANCELLED', remark: '放弃科目报考及候补', endedAt: '2022-08-30T11:03:39.000+08:00' }],
    });
    expect((await program.page()).deletesAt).toBe('2022-08-31T11:03:39.000+08:00');
  });

  it('§8, 关于候补信息处理: queues again; a seat that somebody gives back comes by itself, with an SMS and 24 hours', async () => {
    at('30T11:10:00');
    await program.post('/waitlist/entries', { venueId: cet4.id }).expect(201);
    at('30T11:12:36');
    // §7, 删除报名信息: somebody else’s button
    await holder.delete('/registration').expect(204);
    const page = await program.seesOnPage(({ written }) => written.enrolments.length > 0);
    expect(page.waitlist).toMatchObject({
      waiting: [],
      ended: [{ state: 'ALLOCATED' }, { state: 'CANCELLED' }],
    });
    const [sms] = await program.messagesTo(PHONE);
    expect(sms!.body).toContain('您候补的英语四级已候补成功，请于2022-08-31 11:12前登录报名网站缴费');
  });

  it('§9: finds 英语四级 among the written subjects, unpaid, with its deadline', async () => {
    const { written } = await program.page();
    [enrolment] = written.enrolments;
    expect(written).toMatchObject({
      paymentState: 'ALL_UNPAID',
      unpaidFen: 1,
      enrolments: [
        {
          subject: { code: '1', name: '英语四级' },
          feeFen: 1,
          state: 'UNPAID',
          payBy: '2022-08-31T11:12:36.000+08:00',
          arrangement: 'NOT_ARRANGED',
          enrolledBy: 'CANDIDATE',
          school: { code: '99301', name: '测试学校机构01' },
        },
      ],
    });
    expect((await program.steps()).slice(3, 5)).toEqual(['笔试报考 DONE', '笔试缴费 UNPAID']);
  });

  it('§10: queues for the oral of the level, now that its written subject is enrolled', async () => {
    at('30T11:16:24');
    const { items: campuses } = (await program.get('/oral/campuses?subject=F').expect(200)).body;
    expect(campuses).toMatchObject([{ campus: { code: '993010' } }]);
    const { items } = (await program.get('/oral/venues?subject=F&campus=993010').expect(200)).body;
    expect(items).toMatchObject([
      { id: oral.id, seats: { level: 'NONE' }, canEnrol: false, canWait: true, feeFen: 1 },
    ]);
    await program.post('/waitlist/entries', { venueId: oral.id }).expect(201);
    const { waiting, ended } = (await program.get('/waitlist/entries').expect(200)).body;
    expect(waiting).toMatchObject([
      { subject: { code: 'F' }, state: 'WAITING', submittedAt: '2022-08-30T11:16:24.000+08:00' },
    ]);
    expect(ended).toMatchObject([
      { subject: { code: '1' }, state: 'ALLOCATED', endedAt: '2022-08-30T11:12:36.000+08:00' },
      { subject: { code: '1' }, state: 'CANCELLED', remark: '放弃科目报考及候补' },
    ]);
  });

  it('§11: chooses the paper score report; without a choice there is no order', async () => {
    await program
      .post('/payment/orders', { kind: 'WRITTEN' })
      .expect(409)
      .expect(problem('REPORT_FORM_MISSING'));
    const chosen = await program
      .put(`/enrolments/${enrolment.id}/score-report`, { form: 'PAPER' })
      .expect(200);
    expect(chosen.body).toMatchObject({ id: enrolment.id, reportForm: 'PAPER' });
  });

  it('§12: presses 支付 and confirms name, document, kind, campus, subject, fee, report and total', async () => {
    order = (await program.post('/payment/orders', { kind: 'WRITTEN' }).expect(201)).body;
    expect(order).toMatchObject({
      payerName: '郎璐依珊',
      documentNumber: '993****0037',
      kind: 'WRITTEN',
      lines: [
        {
          campus: { code: '993010', name: '测试校区机构001' },
          subject: { name: '英语四级' },
          feeFen: 1,
          reportForm: 'PAPER',
        },
      ],
      amountFen: 1,
      state: 'OPEN',
      expiresAt: '2022-08-31T11:12:36.000+08:00',
    });
  });

  it('§13: comes to the payment platform, which says what is paid and how it can be', async () => {
    expect(order.neeaId).toMatch(/^[0-9A-F]{32}$/);
    const page = await program.checkoutPage(order);
    for (const text of ['第222次CET考试费', '大学英语四六级考试', '郎璐依珊', '0.01', order.neeaId]) {
      expect(page).toContain(text);
    }
    for (const text of ['支付宝', '中银智慧付', '招商银行', '微信支付']) expect(page).toContain(text);
  });

  it('§7, tip 5: pays; the platform’s word is lost, so 更新 asks, and only 已支付 means enrolled', async () => {
    await program.pays(order, 'CMB', 'NEVER');
    expect((await program.page()).written.paymentState).toBe('ALL_UNPAID');
    const { body } = await program.post(`/payment/orders/${order.id}/refresh`).expect(200);
    expect(body).toMatchObject({ state: 'PAID', method: { name: '招商银行 一网通' } });
    expect((await program.page()).written).toMatchObject({
      paymentState: 'ALL_PAID',
      unpaidFen: 0,
      enrolments: [{ state: 'PAID', reportForm: 'PAPER' }],
    });
    expect((await program.steps()).slice(3)).toEqual([
      '笔试报考 DONE',
      '笔试缴费 DONE',
      '口试报考 TO_DO',
      '口试缴费 TO_DO',
      '完成报名 DONE',
      '打印准考证 NOT_PRINTABLE',
      '参加考试 TO_DO',
    ]);
    const [sms] = await program.messagesTo(PHONE);
    expect(sms!.body).toContain('您的第222次CET考试费¥0.01已支付成功');
    await program.delete('/registration').expect(409).expect(problem('HAS_PAID_ENROLMENT'));
  });
});
