import { extractText, getDocumentProxy } from 'unpdf';
import { HOURS, later } from '../../../src/kernel/clock.js';
import { Enrolment } from '../../../src/modules/registration/index.js';
import { legible, openTicketFonts } from '../../../src/modules/registration/ticket.fonts.js';
import { type TicketFacts, ticketPage } from '../../../src/modules/registration/ticket.page.js';
import { TicketPdf } from '../../../src/modules/registration/ticket.pdf.js';
import type { Venue } from '../../../src/modules/sitting/index.js';
import { NINE_O_CLOCK } from '../../support/clock.js';
import { jpegOf } from '../../support/jpeg.js';
import { problem } from '../../support/problem.js';
import { type TestCandidate, World } from '../../support/world.js';

const NUMBER = '120010262100307';
const NANKAI = { code: '120010', name: '南开大学' };

describe('what stands on a ticket', () => {
  it('is the candidate’s, the exam’s, and room and seat of the number', () => {
    const page = ticketPage(facts(), NINE_O_CLOCK);
    expect(page).toMatchObject({
      title: { zh: '全国大学英语四、六级考试 准考证' },
      sitting: '2026年下半年全国大学英语四、六级考试（第262次）',
      number: '120010 262 1 003 07',
      room: '003',
      seat: '07',
    });
    expect(said(page.candidate)).toEqual({
      姓名: '买买提·吐尔逊',
      性别: '女 Female',
      证件类型: '居民身份证 Resident ID',
      证件号码: '11010120000307123X',
      所在学校: '南开大学 津南校区（120011）',
    });
    expect(said(page.exam)).toEqual({
      考试科目: '英语四级 English 4 (CET4)',
      考点: '南开大学（120010）',
      考试时间: '2026-12-19 09:00 – 11:20',
    });
  });

  it('of an oral is an interval, and where the exact time comes from', () => {
    const oral = facts({ kind: 'ORAL', subjectCode: 'F', ticketNumber: '120010262F00307' });
    const page = ticketPage(oral, NINE_O_CLOCK);
    expect(page.title.zh).toBe('全国大学英语四、六级考试口语考试 准考证');
    expect(page.number).toBe('120010 262 F 003 07');
    expect(said(page.exam)).toMatchObject({
      考试时间区间: '2026-12-19 09:00 – 11:20',
      具体时间: '以考点通知为准 As the exam campus announces',
    });
  });

  it.each([
    ['over two days', at('2026-12-19T09:00'), at('2026-12-20T18:00'), '2026-12-19 09:00 – 2026-12-20 18:00'],
    ['without an end', at('2026-12-19T09:00'), null, '2026-12-19 09:00'],
    ['not set', null, null, '以考点通知为准 As the exam campus announces'],
  ])('has a time %s', (_, examStartsAt, examEndsAt, shown) => {
    const page = ticketPage(facts({ venue: { examStartsAt, examEndsAt } }), NINE_O_CLOCK);
    expect(said(page.exam)).toMatchObject({ 考试时间: shown });
  });
});

describe('a drawn ticket', () => {
  const fonts = openTicketFonts();
  const ticketPdf = new TicketPdf();
  const draw = async (given: TicketFacts) => read(await ticketPdf.print(ticketPage(given, NINE_O_CLOCK)));

  it.each([
    ['𬱖', '𬱖'],
    ['㛃䶮', '㛃䶮'],
    ['·', '·'],
    ['𠮷', '[U+20BB7]'],
    ['葛\u{e0100}', '葛'],
  ])('shows %s as %s, in both weights', (text, shown) => {
    expect([legible(text, fonts.regular), legible(text, fonts.bold)]).toEqual([shown, shown]);
  });

  it('shows the photo there is, and comes without one that cannot be drawn', async () => {
    const page = ticketPage(facts(), NINE_O_CLOCK);
    const pictures = async (photo?: Buffer) =>
      (await ticketPdf.print(page, photo)).toString('latin1').split('/DCTDecode').length - 1;
    expect(await pictures(jpegOf(300, 400))).toBe(1);
    expect(await pictures(Buffer.from('ffd8ffd9', 'hex'))).toBe(0);
    expect(await pictures()).toBe(0);
  });

  it('says every word of the page, and explains the characters it lacks', async () => {
    const given = facts({}, '张𬱖㛃䶮·𠮷');
    const { text } = await draw(given);
    const page = ticketPage(given, NINE_O_CLOCK);
    const words = [
      page.title,
      ...[...page.candidate, ...page.exam].map(({ label }) => label),
      page.notice.heading,
      ...page.notice.lines,
      page.closing,
    ].flatMap(({ zh, en }) => [zh, en]);
    const values = [...page.candidate.slice(1), ...page.exam].map(({ value }) => value);
    for (const word of [...words, ...values, page.number, page.sitting, '照片']) {
      expect(text).toContain(withoutBlanks(word));
    }
    expect(text).toContain('张𬱖㛃䶮·[U+20BB7]');
    expect(text).toContain('[U+…]是本证字体中没有的字');
    expect((await draw(facts())).text).not.toContain('[U+');
  });

  it('is one page, however long the names and rare their characters', async () => {
    const long = { school: { name: '学'.repeat(100) }, campus: { code: '120010', name: '校'.repeat(100) } };
    const oral = { kind: 'ORAL', subjectCode: 'F', ticketNumber: '120010262F00307' } as const;
    const { pages, text } = await draw({ ...facts({ ...oral, ...long }, '𠮷'.repeat(100)), ...long });
    expect(pages).toBe(1);
    expect(text.split('[U+20BB7]')).toHaveLength(101);
    expect(text).toContain('打印时间');
  });
});

describe('R-RG-3: GET /enrolments/{id}/ticket', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());
  beforeEach(() => world.reset());

  /** Somebody with a paid, arranged subject whose ticket can be printed from now on, unless told otherwise. */
  async function arranged(venueFacts: Partial<Pick<Venue, 'ticketPrinting' | 'ticketAvailableAt'>> = {}) {
    const ticketAvailableAt = world.clock.now();
    const { candidate, campus, venue } = await world.openVenue({ ticketAvailableAt, ...venueFacts });
    const enrolment = await candidate.enrols(venue);
    await candidate.pays();
    await arrange(enrolment.id);
    return { candidate, campus, enrolment };
  }

  const arrange = (id: string, ticketNumber: string | null = NUMBER) =>
    world.unitOfWork.run((tx) => tx.manager.update(Enrolment, { id }, { ticketNumber }));
  const ticket = (candidate: TestCandidate, { id }: { id: string }) =>
    candidate.get(`/enrolments/${id}/ticket`);

  it('is a PDF of one page that no cache keeps', async () => {
    const { candidate, enrolment } = await arranged();
    const answer = await ticket(candidate, enrolment).expect(200).expect('Content-Type', 'application/pdf');
    expect(answer.headers).toMatchObject({
      'content-disposition': `inline; filename="cet-ticket-${NUMBER}.pdf"`,
      'cache-control': 'no-store',
    });
    const { pages, text } = await read(answer.body);
    expect(pages).toBe(1);
    expect(text).toContain(candidate.documents.name);
    expect(text).toContain(candidate.documents.documentNumber);
    expect(text).toContain('120010262100307');
  });

  it.each([
    ['before the time the school set', { ticketAvailableAt: later(NINE_O_CLOCK, 1) }],
    ['while the school has set none', { ticketAvailableAt: null }],
    ['when the school prints it', { ticketPrinting: 'SCHOOL' }],
  ] as const)('is refused %s', async (_, venueFacts) => {
    const { candidate, enrolment } = await arranged(venueFacts);
    await ticket(candidate, enrolment).expect(409).expect(problem('TICKET_NOT_AVAILABLE'));
  });

  it('is refused until the subject is paid and arranged', async () => {
    const { candidate, venue } = await world.openVenue({ ticketAvailableAt: NINE_O_CLOCK });
    const enrolment = await candidate.enrols(venue);
    await arrange(enrolment.id);
    await ticket(candidate, enrolment).expect(409).expect(problem('TICKET_NOT_AVAILABLE'));

    await arrange(enrolment.id, null);
    await candidate.pays();
    await ticket(candidate, enrolment).expect(409).expect(problem('TICKET_NOT_AVAILABLE'));

    await arrange(enrolment.id);
    await ticket(candidate, enrolment).expect(200);
  });

  it('is printed from the moment it can be, not a moment earlier', async () => {
    const { candidate, enrolment } = await arranged({ ticketAvailableAt: later(NINE_O_CLOCK, 1 * HOURS) });
    world.clock.advance(1 * HOURS - 1);
    await ticket(candidate, enrolment).expect(409);
    world.clock.advance(1);
    await ticket(candidate, enrolment).expect(200);
  });

  it('of an oral waits for the province, whatever the school says', async () => {
    const { candidate, campus } = await arranged();
    const oralVenue = await world.venue({ subject: 'F', campus, ticketAvailableAt: NINE_O_CLOCK });
    const oral = await candidate.enrols(oralVenue);
    await candidate.pays('ORAL');
    await arrange(oral.id, '120010262F00307');
    await ticket(candidate, oral).expect(409).expect(problem('TICKET_NOT_AVAILABLE'));

    await world.oralTicketsFrom(campus.provinceCode, NINE_O_CLOCK);
    const { text } = await read((await ticket(candidate, oral).expect(200)).body);
    expect(text).toContain('口语考试准考证');
    expect(text).toContain('英语四级口试');
  });

  it('is nobody else’s', async () => {
    const { campus, enrolment } = await arranged();
    const stranger = await world.registered({ campus });
    await ticket(stranger, enrolment).expect(404).expect(problem('NOT_FOUND'));
    await ticket(stranger, { id: 'nonsense' }).expect(404).expect(problem('NOT_FOUND'));
    const unregistered = await world.candidate({ campus });
    await ticket(unregistered, enrolment).expect(404).expect(problem('NOT_REGISTERED'));
    await world.http.get(`/api/v1/enrolments/${enrolment.id}/ticket`).expect(401);
  });

  it('is a PDF in OpenAPI too', async () => {
    const { body } = await world.http.get('/api/openapi.json');
    const { responses } = body.paths['/api/v1/enrolments/{id}/ticket'].get;
    expect(responses[200].content).toEqual({
      'application/pdf': { schema: { type: 'string', format: 'binary' } },
    });
    expect(Object.keys(responses[409].content)).toEqual(['application/problem+json']);
  });
});

function facts(enrolment: Partial<TicketFacts['enrolment']> = {}, name = '买买提·吐尔逊'): TicketFacts {
  return {
    enrolment: {
      kind: 'WRITTEN',
      subjectCode: '1',
      ticketNumber: NUMBER,
      venue: { examStartsAt: at('2026-12-19T09:00'), examEndsAt: at('2026-12-19T11:20') },
      campus: NANKAI,
      school: NANKAI,
      ...enrolment,
    },
    registration: {
      details: {
        name,
        gender: 'FEMALE',
        documentType: 'RESIDENT_ID',
        documentNumber: '11010120000307123X',
      } as TicketFacts['registration']['details'],
    },
    campus: { code: '120011', name: '津南校区' },
    school: NANKAI,
    sitting: { name: '2026年下半年全国大学英语四、六级考试', number: 262 },
  };
}

function at(shanghai: string): Date {
  return new Date(`${shanghai}:00+08:00`);
}

function said(lines: readonly { label: { zh: string }; value: string }[]) {
  return Object.fromEntries(lines.map(({ label, value }) => [label.zh, value]));
}

/** What a reader of the file finds in it; where lines break does not matter. */
async function read(pdf: Buffer): Promise<{ pages: number; text: string }> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const { totalPages, text } = await extractText(document, { mergePages: true });
  return { pages: totalPages, text: withoutBlanks(text) };
}

function withoutBlanks(text: string): string {
  return text.replace(/\s/g, '');
}
