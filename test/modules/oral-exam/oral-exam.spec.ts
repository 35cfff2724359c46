import { firstRefusal } from '../../../src/kernel/first-refusal.js';
import { campusTakesTheCandidate } from '../../../src/modules/oral-exam/oral-choice.rules.js';
import { problem } from '../../support/problem.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

describe('R-OE-3: at which campus', () => {
  const student = { campusCode: '120010', schoolCode: '12001' };
  const own = {
    campusCode: '120010',
    schoolCode: '12001',
    admits: 'OWN_SCHOOL',
    admittedSchools: null,
  } as const;
  const elsewhere = { ...own, campusCode: '120020', schoolCode: '12002', admits: 'ALL_SCHOOLS' } as const;
  it.each([
    ['its own', true, own, undefined],
    ['its own, where others are forbidden', false, own, undefined],
    ['another that admits all', true, elsewhere, undefined],
    ['another, where others are forbidden', false, elsewhere, 'CAMPUS_NOT_ALLOWED'],
    ['another that admits its own only', true, { ...elsewhere, admits: 'OWN_SCHOOL' }, 'CAMPUS_NOT_ALLOWED'],
  ] as const)('%s', (_, oralElsewhereAllowed, venue, code) => {
    expect(firstRefusal(() => campusTakesTheCandidate(student, { oralElsewhereAllowed }, venue))?.code).toBe(
      code,
    );
  });
});

describe('choosing an oral (R-OE-1)', () => {
  it('needs the written subject of the level, paid', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const oral = await world.venue({ campus, subject: 'F' });
    const choose = () => candidate.post('/oral/enrolments', { venueIds: [oral.id] });
    await choose().expect(409).expect(problem('WRITTEN_REQUIRED'));
    await candidate.enrols(venue);
    await choose().expect(409).expect(problem('WRITTEN_UNPAID'));
    await candidate.pays();
    const answer = await choose().expect(201);
    expect(answer.body.items).toMatchObject([{ subject: { code: 'F', kind: 'ORAL' }, state: 'UNPAID' }]);
    expect((await candidate.page()).oral).toMatchObject({ unpaidFen: 3000, paymentState: 'ALL_UNPAID' });
  });

  it('needs it only enrolled, where the sitting says so', async () => {
    await world.sitting({ oralNeedsWritten: 'ENROLLED' });
    const { candidate, campus, venue } = await world.openVenue();
    const oral = await world.venue({ campus, subject: 'F' });
    await candidate.enrols(venue);
    await candidate.enrols(oral);
    await candidate.post('/payment/orders', { kind: 'ORAL' }).expect(409).expect(problem('WRITTEN_UNPAID'));
  });

  it('may be taken at another campus that admits the school, and is listed there while it is open', async () => {
    await world.sitting({ oralNeedsWritten: 'ENROLLED' });
    const { candidate, campus, venue } = await world.openVenue();
    const elsewhere = await world.venue({
      subject: 'F',
      admits: 'LISTED_SCHOOLS',
      admittedSchools: [campus.schoolCode],
    });
    await world.venue({ subject: 'F', admits: 'LISTED_SCHOOLS', admittedSchools: ['99999'] });
    await world.venue({ subject: 'F', admits: 'ALL_SCHOOLS', opensAt: null });
    await candidate.enrols(venue);
    const campuses = (await candidate.get('/oral/campuses?subject=F').expect(200)).body;
    expect(campuses).toMatchObject({
      items: [{ campus: { code: elsewhere.campusCode } }],
      choiceAllowed: true,
    });
    const at = (await candidate.get(`/oral/venues?subject=F&campus=${elsewhere.campusCode}`).expect(200))
      .body;
    expect(at.items).toMatchObject([{ id: elsewhere.id, canEnrol: true }]);
    await candidate.enrols(elsewhere);
  });

  it('is taken at the own campus where the school forbids others', async () => {
    await world.sitting({ oralNeedsWritten: 'ENROLLED' });
    const campus = await world.campus({ oralElsewhereAllowed: false });
    const { candidate, venue } = await world.openVenue({ campus });
    const own = await world.venue({ campus, subject: 'F' });
    const elsewhere = await world.venue({ subject: 'F', admits: 'ALL_SCHOOLS' });
    await candidate.enrols(venue);
    const campuses = (await candidate.get('/oral/campuses?subject=F').expect(200)).body;
    expect(campuses).toMatchObject({ items: [{ campus: { code: campus.code } }], choiceAllowed: false });
    await candidate
      .post('/oral/enrolments', { venueIds: [elsewhere.id] })
      .expect(409)
      .expect(problem('CAMPUS_NOT_ALLOWED'));
    await candidate.enrols(own);
  });

  it('can be given up while unpaid, the last one too; not when paid', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const oral = await world.venue({ campus, subject: 'F' });
    await candidate.enrols(venue);
    await candidate.pays();
    const first = await candidate.enrols(oral);
    await candidate.delete(`/oral/enrolments/${first.id}`).expect(204);
    expect(await world.seats(oral)).toMatchObject({ taken: 0 });
    const second = await candidate.enrols(oral);
    await candidate.pays('ORAL');
    await candidate.delete(`/oral/enrolments/${second.id}`).expect(409).expect(problem('ENROLMENT_PAID'));
  });

  it('asks which oral, F or S', async () => {
    const { candidate } = await world.openVenue();
    await candidate.get('/oral/campuses?subject=1').expect(422).expect(problem('FIELD_INVALID'));
    await candidate.get('/oral/campuses').expect(422);
  });
});
