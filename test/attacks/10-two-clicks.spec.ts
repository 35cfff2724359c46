import { Staff } from '../../src/admin/staff/staff.entity.js';
import { SECONDS } from '../../src/kernel/clock.js';
import { AuditLine } from '../../src/modules/audit/index.js';
import { ListOutbox } from '../../src/modules/notification/index.js';
import { Cet4Result, Cet6Review, StudentRecord } from '../../src/modules/qualification/index.js';
import { TellCandidate } from '../../src/modules/qualification/tell-candidate.js';
import { SittingRepository } from '../../src/modules/sitting/index.js';
import { engine } from '../support/engine.js';
import type { StaffBrowser } from '../support/staff.js';
import type { TestCandidate } from '../support/world.js';
import { ReviewOffice } from './review-office.js';

/**
 * Two clicks approved two people: 通过 was one click and final, and the next candidate's 通过 appeared in the same place.
 * What a page does against it is told in `test/browser/two-clicks.spec.ts`. Here is what holds whatever a page does: a
 * decision is made by the server ten seconds after it was given, and can be taken back until then.
 */
let office: ReviewOffice;
beforeAll(async () => {
  office = await ReviewOffice.open();
});
afterAll(() => office.world.close());
beforeEach(() => office.begin());

const manager = () => office.world.dataSource.manager;
const takesBack = (browser: StaffBrowser, ...reviews: { id: string }[]) =>
  browser.post('/api/tools/cet6-queue/takeBack', { reviewIds: reviews.map(({ id }) => id) });
const toldOf = async ({ phone }: TestCandidate) =>
  (await office.world.use(ListOutbox).execute({ recipient: phone! })).filter(
    ({ template }) => template === 'cet6-review.decided',
  );
const stateFor = async (candidate: TestCandidate) => (await candidate.get('/cet6-review').expect(200)).body;
const mayTakeCet6 = async (candidate: TestCandidate) => {
  const { body } = await candidate.post('/qualification/queries', candidate.documents).expect(200);
  return body.qualifiedSubjects.some(({ code }: { code: string }) => code === '2');
};

describe('A review that is approved', () => {
  test('is 未复核 to its candidate for ten seconds, then approved with every page closed, and told once', async () => {
    const { candidate, review, ticketNumber } = await office.claimant();
    const before = await stateFor(candidate);
    const { body } = await (await office.looksAt(await office.teacher('one'), review)).approve().expect(200);
    expect(new Date(body.finalAt)).toEqual(new Date(office.world.clock.now().getTime() + 10 * SECONDS));
    office.world.clock.advance(9.999 * SECONDS);
    await office.world.job('cet6-review.make-final');
    expect(await stateFor(candidate)).toEqual(before);
    expect([await mayTakeCet6(candidate), await toldOf(candidate)]).toEqual([false, []]);
    for (const refused of [candidate.put('/cet6-review', { ticketNumber }), candidate.delete('/cet6-review')])
      expect((await refused.expect(409)).body.code).toBe('REVIEW_PENDING');

    office.world.clock.advance(1);
    await office.world.job('cet6-review.make-final');
    expect(await stateFor(candidate)).toMatchObject({ state: 'APPROVED', offered: false });
    expect([await mayTakeCet6(candidate), (await toldOf(candidate)).length]).toEqual([true, 1]);
    expect(await office.reviewOf(candidate)).toMatchObject({
      decidedAt: office.world.clock.now(),
      basis: { materials: ['ID_DOCUMENT', 'SCORE_REPORT'], note: null },
      given: null,
      finalAt: null,
    });
    const trail = await manager().find(AuditLine, { where: { rowId: review.id }, order: { id: 'ASC' } });
    expect(trail.map(({ action, actor }) => [action, actor.split(' ')[0]])).toEqual([
      ['cet6-review.decide', 'STAFF'],
      ['cet6-review.make-final', 'SYSTEM'],
    ]);
  });

  test('by the second of two clicks is taken back, and nobody hears of it; once it is final, nobody can', async () => {
    const [meant, hit] = [await office.claimant('李明'), await office.claimant('李鸣')];
    const teacher = await office.teacher('one');
    for (const { review } of [meant, hit])
      await (await office.looksAt(teacher, review)).approve().expect(200);
    expect((await takesBack(teacher, hit.review).expect(200)).body).toEqual({ takenBack: 1, tooLate: 0 });
    await office.tenSecondsPass();
    expect(await stateFor(hit.candidate)).toMatchObject({ state: 'PENDING' });
    expect([await mayTakeCet6(hit.candidate), await toldOf(hit.candidate)]).toEqual([false, []]);
    expect(await stateFor(meant.candidate)).toMatchObject({ state: 'APPROVED' });
    for (const { review } of [meant, hit])
      expect((await takesBack(teacher, review).expect(409)).body.code).toBe('DECISION_FINAL');
    // what was taken back waits as before, and is decided like any other
    await (await office.looksAt(teacher, hit.review)).reject().expect(200);
    await office.tenSecondsPass();
    expect(await stateFor(hit.candidate)).toMatchObject({ state: 'REJECTED', reason: '请带护照原件' });
  });

  test('can be taken back up to the tenth second, whether or not a job has been by', async () => {
    const { candidate, review } = await office.claimant();
    const teacher = await office.teacher('one');
    await (await office.looksAt(teacher, review)).approve().expect(200);
    office.world.clock.advance(10 * SECONDS);
    expect((await takesBack(teacher, review).expect(409)).body.code).toBe('DECISION_FINAL');
    await office.world.job('cet6-review.make-final');
    expect(await stateFor(candidate)).toMatchObject({ state: 'APPROVED' });
  });

  test('is nobody else’s to take back, nor to decide meanwhile', async () => {
    const { candidate, review } = await office.claimant();
    const [one, other] = [await office.teacher('one'), await office.teacher('other')];
    const page = await office.looksAt(other, review);
    await (await office.looksAt(one, review)).approve().expect(200);
    expect((await takesBack(other, review).expect(409)).body.code).toBe('DECISION_OF_ANOTHER');
    for (const decision of [page.reject(), page.approve()])
      expect((await decision.expect(409)).body.code).toBe('REVIEW_ALREADY_DECIDED');
    const { shown } = await office.looksAt(other, review);
    expect(shown).toMatchObject({ mayDecide: false, given: { decision: 'APPROVE', mine: false } });
    const central = await office.central();
    await takesBack(central, review).expect(403);
    await office.tenSecondsPass();
    expect(await stateFor(candidate)).toMatchObject({ state: 'APPROVED' });
  });

  test('names what it was approved on where the documents differ; OTHER is written out', async () => {
    const { candidate, review } = await office.claimant();
    const page = await office.looksAt(await office.teacher('one'), review);
    const approve = (input: object) => page.decide({ decision: 'APPROVE', ...input });
    for (const input of [
      {},
      { note: '看过' },
      { materials: ['OTHER'] },
      { materials: ['ID_DOCUMENT', 'OTHER'], note: ' ' },
    ])
      expect((await approve(input).expect(422)).body).toMatchObject({ code: 'REVIEW_BASIS_MISSING' });
    for (const materials of [[], ['PASSPORT'], 'OTHER', ['OTHER', 'OTHER']])
      expect((await approve({ materials }).expect(422)).body.code).toBe('FIELD_INVALID');
    expect(await office.reviewOf(candidate)).toMatchObject({ given: null });
    await approve({ materials: ['OTHER'], note: '派出所电话核实' }).expect(200);
    await office.tenSecondsPass();
    expect(await office.reviewOf(candidate)).toMatchObject({
      basis: { materials: ['OTHER'], note: '派出所电话核实' },
    });
    const line = await manager().findOneByOrFail(AuditLine, { action: 'cet6-review.decide' });
    expect(line.factsAfter).toMatchObject({ materials: ['OTHER'], note: '派出所电话核实' });
    // where they are plainly one person's there is nothing to name
    const clean = await office.cleanClaimant();
    const look = await office.looksAt(await office.teacher('other'), clean.review);
    await look.decide({ decision: 'APPROVE' }).expect(200);
  });
});

describe('Many at once', () => {
  test('are approved ten seconds later too, from the queue and from the list, and taken back together', async () => {
    const claims = [
      await office.cleanClaimant('王芳'),
      await office.cleanClaimant('赵敏'),
      await office.claimant('李明'),
    ];
    const teacher = await office.teacher('one');
    const { body: queue } = await teacher
      .post('/api/tools/cet6-queue/list', { state: 'PENDING', page: 1 })
      .expect(200);
    const { body } = await teacher
      .post('/api/tools/cet6-queue/approveClean', {
        reviewIds: queue.items.map(({ id }: { id: string }) => id),
        versions: queue.items.map(({ version }: { version: string }) => version),
      })
      .expect(200);
    expect([body.approved.length, body.leftOut.length]).toEqual([2, 1]);
    expect(await manager().countBy(Cet6Review, { state: 'PENDING' })).toBe(3);
    await takesBack(teacher, ...body.approved.map((id: string) => ({ id }))).expect(200);
    await office.tenSecondsPass();
    expect(await manager().countBy(Cet6Review, { state: 'PENDING' })).toBe(3);

    const ids = claims.map(({ review }) => review.id);
    const { body: outcome } = await teacher.fills('cet6-reviews', 'approveClean', ids).expect(200);
    expect(outcome).toMatchObject({
      takeBack: { verb: 'takeBack', seconds: 10 },
      lines: { rows: [['李明', expect.anything()]] },
    });
    expect(await manager().countBy(Cet6Review, { state: 'PENDING' })).toBe(3);
    await office.tenSecondsPass();
    expect(await manager().countBy(Cet6Review, { state: 'APPROVED' })).toBe(2);
    expect(
      (await teacher.post('/api/tools/cet6-queue/takeBack', outcome.takeBack.input).expect(409)).body.code,
    ).toBe('DECISION_FINAL');
  });
});

describe('What happens within the ten seconds', () => {
  test('several machines make it once, and one that is killed half-way leaves it to the next', async () => {
    const { candidate, review } = await office.claimant();
    await (await office.looksAt(await office.teacher('one'), review)).approve().expect(200);
    office.world.clock.advance(10 * SECONDS);
    const tell = office.world.use(TellCandidate);
    const { execute } = tell;
    tell.execute = async () => {
      throw new Error('killed');
    };
    await expect(office.world.job('cet6-review.make-final')).rejects.toThrow('killed');
    tell.execute = execute;
    expect(await stateFor(candidate)).toMatchObject({ state: 'PENDING' });

    // one SQLite file belongs to one process
    const beside = engine === 'sqlite' ? office.world : await office.world.beside();
    const made = await Promise.all(
      [office.world, beside, office.world, beside].map((world) => world.job('cet6-review.make-final')),
    );
    if (beside !== office.world) await beside.app.close();
    expect(made.reduce<number>((sum, one) => sum + (one as { final: number }).final, 0)).toBe(1);
    expect(await stateFor(candidate)).toMatchObject({ state: 'APPROVED' });
    expect((await toldOf(candidate)).length).toBe(1);
  });

  test('whoever loses their account loses what they have just decided: nobody else could take it back', async () => {
    const claims = [
      await office.claimant('李明'),
      await office.claimant('李鸣'),
      await office.claimant('王芳'),
    ];
    const [one, other] = [await office.teacher('one'), await office.teacher('other')];
    const [first, second, third] = claims;
    await (await office.looksAt(one, first!.review)).approve().expect(200);
    await (await office.looksAt(one, second!.review)).reject().expect(200);
    await (await office.looksAt(other, third!.review)).approve().expect(200);
    const { id } = await manager().findOneByOrFail(Staff, { login: 'one' });
    await (await office.central()).fills('staff', 'disable', [id]).expect(200);
    await office.tenSecondsPass();
    const states = await Promise.all(claims.map(async ({ candidate }) => (await stateFor(candidate)).state));
    expect(states).toEqual(['PENDING', 'PENDING', 'APPROVED']);
    expect(await manager().countBy(AuditLine, { action: 'cet6-review.take-back' })).toBe(2);
  });

  test('a roster, a record or a sitting that changes does not undo it: it fell on what was looked at', async () => {
    const { candidate, review, ticketNumber } = await office.claimant();
    await (await office.looksAt(await office.teacher('one'), review)).approve().expect(200);
    await manager().delete(Cet4Result, { ticketNumber });
    await manager().update(StudentRecord, { id: candidate.record.id }, { details: { college: '物理学院' } });
    await office.world.unitOfWork.run((tx) =>
      office.world.use(SittingRepository).add(tx, { number: 271, name: '下一考次', current: false }),
    );
    await office.tenSecondsPass();
    expect(await office.reviewOf(candidate)).toMatchObject({ state: 'APPROVED' });
  });
});
