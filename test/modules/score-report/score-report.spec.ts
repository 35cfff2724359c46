import { DAYS, later } from '../../../src/kernel/clock.js';
import { firstRefusal } from '../../../src/kernel/first-refusal.js';
import { reportFormIsOpen } from '../../../src/modules/score-report/report-form.rules.js';
import { NINE_O_CLOCK as NOW } from '../../support/clock.js';
import { problem } from '../../support/problem.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

describe('R-SR-2, R-SR-3: when the preference is open', () => {
  const window = { reportChangeOpensAt: later(NOW, -DAYS), reportChangeClosesAt: later(NOW, DAYS) };
  const none = { reportChangeOpensAt: null, reportChangeClosesAt: null };
  const unpaid = { kind: 'WRITTEN', state: 'UNPAID', payBy: later(NOW, DAYS) } as const;
  const paid = { ...unpaid, state: 'PAID' } as const;
  it.each([
    ['before paying', unpaid, none, undefined],
    ['after paying', paid, none, 'PREFERENCE_CLOSED'],
    ['after results, in the window', paid, window, undefined],
    ['at the window’s closing', paid, { ...window, reportChangeClosesAt: NOW }, 'PREFERENCE_CLOSED'],
    ['before its opening', paid, { ...window, reportChangeOpensAt: later(NOW, 1) }, 'PREFERENCE_CLOSED'],
    ['for an oral', { ...unpaid, kind: 'ORAL' }, window, 'PREFERENCE_CLOSED'],
    ['for a lapsed one', { ...unpaid, state: 'LAPSED' }, window, 'PREFERENCE_CLOSED'],
    ['past the deadline', { ...unpaid, payBy: later(NOW, -DAYS) }, none, 'PREFERENCE_CLOSED'],
  ] as const)('%s', (_, enrolment, sitting, code) => {
    expect(firstRefusal(() => reportFormIsOpen(enrolment, sitting, NOW))?.code).toBe(code);
  });
});

it('is chosen per written subject, must be chosen before paying, and changes again after results', async () => {
  await world.sitting({
    reportChangeOpensAt: later(NOW, 100 * DAYS),
    reportChangeClosesAt: later(NOW, 110 * DAYS),
  });
  const { candidate, venue } = await world.openVenue();
  const { id } = await candidate.enrols(venue);
  const choose = (form: string) => candidate.put(`/enrolments/${id}/score-report`, { form });

  await candidate
    .post('/payment/orders', { kind: 'WRITTEN' })
    .expect(409)
    .expect(problem('REPORT_FORM_MISSING'));
  await choose('LEATHER').expect(422).expect(problem('FIELD_INVALID'));
  expect((await choose('PAPER').expect(200)).body).toMatchObject({ id, reportForm: 'PAPER' });
  await choose('ELECTRONIC').expect(200);
  await candidate.pays();
  await choose('PAPER').expect(409).expect(problem('PREFERENCE_CLOSED'));

  world.clock.advance(101 * DAYS);
  await candidate.signsInAgain();
  expect((await choose('PAPER').expect(200)).body.reportForm).toBe('PAPER');
});

it('belongs to the candidate alone', async () => {
  const { candidate, campus, venue } = await world.openVenue();
  const { id } = await candidate.enrols(venue);
  const stranger = await world.registered({ campus });
  await stranger
    .put(`/enrolments/${id}/score-report`, { form: 'PAPER' })
    .expect(404)
    .expect(problem('NOT_FOUND'));
});
