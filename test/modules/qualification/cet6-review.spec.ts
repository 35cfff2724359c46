import type { StaffActor } from '../../../src/kernel/actor.js';
import { SECONDS } from '../../../src/kernel/clock.js';
import { newId } from '../../../src/kernel/ids.js';
import { AuditLine } from '../../../src/modules/audit/index.js';
import { ListOutbox } from '../../../src/modules/notification/index.js';
import { Account } from '../../../src/modules/passport/account.entity.js';
import {
  AddCet6QualificationByHand,
  ApproveCleanCet6Reviews,
  Cet6Review,
  CompareCet6Review,
  DecideCet6Review,
  LookedUpRecords,
  type StudentRecord,
  SubjectListLine,
} from '../../../src/modules/qualification/index.js';
import type { World } from '../../support/world.js';
import { anyTicket, openStories, type Stories, type StoryCandidate } from './stories.js';

let stories: Stories;
let world: World;
let sittingId: string;

beforeAll(async () => {
  stories = await openStories();
  ({ world, sittingId } = stories);
  await stories.campus('120010', '南开大学');
  await stories.campus('120011', '南开大学', '津南校区');
  for (const subject of ['1', '2', 'F', 'S'] as const) await stories.venue('120010', subject);
});
afterAll(() => world.close());

const PATH = '/cet6-review';

/** A candidate who has looked up a student without a CET4 result. */
async function someone(
  details: Parameters<Stories['student']>[0] = {},
  account: Parameters<Stories['candidate']>[0] = {},
) {
  const [candidate, student] = [await stories.candidate(account), await stories.student(details)];
  await candidate.lookUp(student).expect(200);
  return { candidate, student, number: student.details.documentNumber };
}
/** One whose claim the school has to decide. */
async function somebodyPending(account: Parameters<Stories['candidate']>[0] = {}) {
  const { candidate, student } = await someone({}, account);
  const { ticketNumber } = await stories.result({ documentNumber: 'G00000000', name: '张三' });
  await candidate.post(PATH, { ticketNumber }).expect(201);
  return { candidate, student, ticketNumber };
}
async function somebodyRejected() {
  const pending = await somebodyPending();
  await decide(pending.candidate, 'REJECT');
  return pending;
}
const reviewsOf = ({ accountId }: StoryCandidate) =>
  world.dataSource.manager.findBy(Cet6Review, { accountId });
const staff = (scope: Partial<StaffActor>): StaffActor => ({
  type: 'STAFF',
  staffId: 's1',
  role: 'SCHOOL',
  ...scope,
});
const TEACHER = staff({ schoolCode: '12001' });
const OTHERS = [
  ['another school’s teacher', staff({ schoolCode: '12002' })],
  ['a teacher of no school', staff({})],
] as const;
const OTHER_ROLES = [
  ['its province', staff({ role: 'PROVINCE', provinceCode: '12' })],
  ['the authority', staff({ role: 'CENTRAL' })],
] as const;

async function decide(candidate: StoryCandidate, decision: 'APPROVE' | 'REJECT', actor = TEACHER) {
  const [review] = await reviewsOf(candidate);
  const reason = decision === 'REJECT' ? ' 请带护照原件 ' : undefined;
  const { version } = await world.use(CompareCet6Review).execute({ reviewId: review!.id }, TEACHER);
  const basis = { materials: ['ID_DOCUMENT'], note: null } as const;
  const command = { reviewId: review!.id, version, decision, reason, basis };
  await world.use(DecideCet6Review).execute(command, actor);
  await tenSecondsPass();
}
async function tenSecondsPass() {
  world.clock.advance(10 * SECONDS);
  await world.job('cet6-review.make-final');
}
const mayTakeCet6 = async (candidate: StoryCandidate, student: StudentRecord) => {
  const { body } = await candidate.lookUp(student).expect(200);
  return body.qualifiedSubjects.some(({ code }: { code: string }) => code === '2');
};
const auditOf = (rowId: string) => world.dataSource.manager.findBy(AuditLine, { rowId });
const codeOf = ({ body }: { body: { code: string } }) => body.code;

describe('R-CR-3: ticket and document number match', () => {
  test('approved at once, whatever the name, and CET6 is theirs', async () => {
    const { candidate, student, number } = await someone();
    const { ticketNumber } = await stories.result({ documentNumber: number, name: '曾用名', score: 425 });
    expect((await candidate.get(PATH).expect(200)).body).toEqual({ offered: true });
    expect(await mayTakeCet6(candidate, student)).toBe(false);

    const { body } = await candidate.post(PATH, { ticketNumber }).expect(201);
    expect(body).toMatchObject({ offered: false, state: 'APPROVED', name: '张三', ticketNumber });
    expect(body.submittedAt).toMatch(/\+08:00$/);
    expect(body.decidedAt).toBe(body.submittedAt);
    expect((await candidate.get(PATH).expect(200)).body).toEqual(body);
    const page = await candidate.lookUp(student).expect(200);
    expect(page.body.qualifiedSubjects.map(({ code }: { code: string }) => code)).toEqual([
      '1',
      '2',
      'F',
      'S',
    ]);
    expect(page.body.cet6Review).toEqual({ offered: false, state: 'APPROVED' });
  });

  test('the ticket may be typed in full-width digits, with blanks', async () => {
    const { candidate, number } = await someone();
    const { ticketNumber } = await stories.result({ documentNumber: number, name: '曾用名' });
    const wide = ticketNumber.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    const { body } = await candidate.post(PATH, { ticketNumber: ` ${wide} ` }).expect(201);
    expect(body).toMatchObject({ state: 'APPROVED', ticketNumber });
  });

  test('approved is final', async () => {
    const { candidate, number } = await someone();
    const { ticketNumber } = await stories.result({ documentNumber: number, name: '曾用名' });
    await candidate.post(PATH, { ticketNumber }).expect(201);
    expect(codeOf(await candidate.post(PATH, { ticketNumber }).expect(409))).toBe('REVIEW_EXISTS');
    expect(codeOf(await candidate.put(PATH, { ticketNumber }).expect(409))).toBe('REVIEW_FINAL');
    expect(codeOf(await candidate.delete(PATH).expect(409))).toBe('REVIEW_FINAL');
    await expect(decide(candidate, 'REJECT')).rejects.toMatchObject({ code: 'REVIEW_ALREADY_DECIDED' });
  });

  test('the qualification is this student’s: another one looked up by the account does not have it', async () => {
    const { candidate, number } = await someone();
    const { ticketNumber } = await stories.result({ documentNumber: number, name: '曾用名' });
    await candidate.post(PATH, { ticketNumber }).expect(201);
    const sister = await stories.student({ name: '张四' });
    const page = await candidate.lookUp(sister).expect(200);
    expect(page.body.cet6Review).toEqual({ offered: true });
    expect((await candidate.get(PATH).expect(200)).body).toMatchObject({ state: 'APPROVED', name: '张三' });
    expect(codeOf(await candidate.post(PATH, { ticketNumber: anyTicket() }).expect(409))).toBe(
      'REVIEW_EXISTS',
    );
  });
});

describe('R-CR-4: only the name matches', () => {
  test('未复核: the candidate can neither change nor delete it', async () => {
    const { candidate, student, ticketNumber } = await somebodyPending();
    expect((await candidate.get(PATH)).body).toMatchObject({ offered: true, state: 'PENDING', ticketNumber });
    expect((await candidate.get(PATH)).body).not.toHaveProperty('decidedAt');
    expect((await candidate.lookUp(student)).body.cet6Review).toEqual({ offered: true, state: 'PENDING' });
    expect(codeOf(await candidate.post(PATH, { ticketNumber }).expect(409))).toBe('REVIEW_EXISTS');
    expect(codeOf(await candidate.put(PATH, { ticketNumber }).expect(409))).toBe('REVIEW_PENDING');
    expect(codeOf(await candidate.delete(PATH).expect(409))).toBe('REVIEW_PENDING');
    expect(await mayTakeCet6(candidate, student)).toBe(false);
  });

  test('the school approves: seen at once, and CET6 is theirs', async () => {
    const { candidate, student } = await somebodyPending();
    world.clock.advance(60_000);
    await decide(candidate, 'APPROVE');
    expect((await candidate.get(PATH)).body).toMatchObject({ offered: false, state: 'APPROVED' });
    expect(await mayTakeCet6(candidate, student)).toBe(true);
    const [review] = await reviewsOf(candidate);
    expect(review).toMatchObject({ decidedBy: 'STAFF s1', decidedAt: world.clock.now() });
    expect(codeOf(await candidate.delete(PATH).expect(409))).toBe('REVIEW_FINAL');
  });

  test('the school rejects: seen at once with the reason; resubmitted, it waits again', async () => {
    const { candidate, student, ticketNumber } = await somebodyRejected();
    expect((await candidate.get(PATH)).body).toMatchObject({ state: 'REJECTED', reason: '请带护照原件' });
    expect(await mayTakeCet6(candidate, student)).toBe(false);
    const { body } = await candidate.put(PATH, { ticketNumber }).expect(200);
    expect(body).toMatchObject({ state: 'PENDING' });
    expect(body).not.toHaveProperty('reason');
    expect(body).not.toHaveProperty('decidedAt');
    expect(await reviewsOf(candidate)).toMatchObject([{ submissions: 2, decidedBy: null }]);
  });

  test('resubmitted with the right ticket, it is approved at once', async () => {
    const { candidate, student } = await somebodyRejected();
    const { documentNumber } = student.details;
    const { ticketNumber } = await stories.result({ documentNumber, name: '曾用名' });
    expect((await candidate.put(PATH, { ticketNumber }).expect(200)).body).toMatchObject({
      state: 'APPROVED',
    });
  });

  test('resubmitted with a wrong one, it stays rejected as it was', async () => {
    const { candidate } = await somebodyRejected();
    const before = await reviewsOf(candidate);
    expect(codeOf(await candidate.put(PATH, { ticketNumber: anyTicket() }).expect(409))).toBe(
      'RESULT_NOT_FOUND',
    );
    expect(await reviewsOf(candidate)).toEqual(before);
  });

  test('deleted, it is gone for the candidate, who may begin anew', async () => {
    const { candidate, ticketNumber } = await somebodyRejected();
    await candidate.delete(PATH).expect(204);
    expect((await candidate.get(PATH)).body).toEqual({ offered: true });
    expect(codeOf(await candidate.delete(PATH).expect(404))).toBe('NOT_FOUND');
    expect(codeOf(await candidate.put(PATH, { ticketNumber }).expect(404))).toBe('NOT_FOUND');
    expect((await candidate.post(PATH, { ticketNumber }).expect(201)).body).toMatchObject({
      state: 'PENDING',
    });
    expect(await reviewsOf(candidate)).toMatchObject([{ submissions: 2 }]);
  });

  test.each(OTHERS)('for %s the review is not there', async (_, stranger) => {
    const { candidate } = await somebodyPending();
    const before = await reviewsOf(candidate);
    await expect(decide(candidate, 'APPROVE', stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await reviewsOf(candidate)).toEqual(before);
    const unknown = { reviewId: newId(), version: 'v', decision: 'APPROVE' } as const;
    await expect(world.use(DecideCet6Review).execute(unknown, TEACHER)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test.each(OTHER_ROLES)('%s does not decide: the school does', async (_, actor) => {
    const { candidate } = await somebodyPending();
    await expect(decide(candidate, 'APPROVE', actor)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    expect(await reviewsOf(candidate)).toMatchObject([{ state: 'PENDING' }]);
  });

  test('a rejection says why', async () => {
    const { candidate } = await somebodyPending();
    const [review] = await reviewsOf(candidate);
    const silent = { reviewId: review!.id, version: 'v', decision: 'REJECT' } as const;
    await expect(world.use(DecideCet6Review).execute(silent, TEACHER)).rejects.toMatchObject({
      code: 'REJECTION_REASON_INVALID',
    });
    expect((await candidate.get(PATH)).body).toMatchObject({ state: 'PENDING' });
  });

  test('the candidate is told by SMS, and by e-mail at a proven address; the decision stands in the audit trail', async () => {
    const told = await somebodyPending({ email: 'told@example.edu.cn' });
    await decide(told.candidate, 'REJECT');
    const messages = await world.use(ListOutbox).execute({ recipient: told.candidate.phone! });
    expect(messages).toMatchObject([{ channel: 'SMS', template: 'cet6-review.decided' }]);
    expect(messages[0]!.body).toContain('未通过');
    expect(messages[0]!.body).not.toContain('护照');
    expect(await world.use(ListOutbox).execute({ recipient: 'told@example.edu.cn' })).toMatchObject([
      { channel: 'EMAIL', subject: 'CET6资格复核未通过' },
    ]);
    const [review] = await reviewsOf(told.candidate);
    expect(await auditOf(review!.id)).toMatchObject([
      {
        action: 'cet6-review.decide',
        actor: 'STAFF s1',
        provinceCode: '12',
        schoolCode: '12001',
        factsAfter: {
          decision: 'REJECT',
          reason: '请带护照原件',
          ticketNumber: told.ticketNumber,
          submissions: 1,
        },
      },
      {
        action: 'cet6-review.make-final',
        actor: 'SYSTEM cet6-review.make-final',
        factsBefore: { state: 'PENDING' },
        factsAfter: { state: 'REJECTED', ticketNumber: told.ticketNumber },
      },
    ]);

    const claimed = await somebodyPending({ email: 'claimed@example.edu.cn' });
    await world.dataSource.manager.update(
      Account,
      { id: claimed.candidate.accountId },
      { emailVerifiedAt: null },
    );
    await decide(claimed.candidate, 'APPROVE');
    expect(await world.use(ListOutbox).execute({ recipient: 'claimed@example.edu.cn' })).toEqual([]);
  });

  test('members of staff decide at once: one decision stands', async () => {
    for (let round = 0; round < 5; round++) {
      const { candidate } = await somebodyPending();
      const outcomes = await Promise.allSettled(
        (['APPROVE', 'REJECT', 'APPROVE', 'REJECT'] as const).map((decision) => decide(candidate, decision)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('REVIEW_ALREADY_DECIDED');
      }
    }
  });
});

describe('R-CR-5: neither matches', () => {
  test.each([
    ['an unknown ticket', undefined],
    ['somebody else’s ticket', { documentNumber: 'G00000000', name: '别人' }],
    ['a score of 424', { documentNumber: 'G00000000', score: 424 }],
    ['another type of document and another name', { documentType: 'PASSPORT', name: '别人' }],
  ] as const)('%s is refused, and nothing is stored', async (_, result) => {
    const { candidate, number } = await someone();
    const ticketNumber = result
      ? (await stories.result({ documentNumber: number, ...result })).ticketNumber
      : anyTicket();
    expect(codeOf(await candidate.post(PATH, { ticketNumber }).expect(409))).toBe('RESULT_NOT_FOUND');
    expect(await reviewsOf(candidate)).toEqual([]);
    expect((await candidate.get(PATH)).body).toEqual({ offered: true });
  });

  test.each([
    ['of 2004', '120010042100102', 'TICKET_NUMBER_INVALID'],
    ['of CET6', '120010251200102', 'TICKET_NUMBER_INVALID'],
    ['short', '12', 'TICKET_NUMBER_INVALID'],
    ['empty', '', 'FIELD_INVALID'],
    ['a number', 120010251100102, 'FIELD_INVALID'],
    ['too long', '1'.repeat(61), 'FIELD_INVALID'],
  ])('a ticket number that is %s is the field’s fault', async (_, ticketNumber, code) => {
    const { candidate } = await someone();
    for (const call of [candidate.post, candidate.put]) {
      const { body } = await call(PATH, { ticketNumber }).expect(422);
      expect(body.code).toBe(code);
      expect(body.errors[0].field).toBe('ticketNumber');
    }
  });

  test('tickets cannot be guessed: after ten in an hour comes TOO_MANY_ATTEMPTS', async () => {
    const { candidate } = await someone();
    for (let i = 0; i < 9; i++) await candidate.post(PATH, { ticketNumber: anyTicket() }).expect(409);
    await candidate.put(PATH, { ticketNumber: anyTicket() }).expect(404);
    const { body, headers } = await candidate.post(PATH, { ticketNumber: anyTicket() }).expect(429);
    expect(body.code).toBe('TOO_MANY_ATTEMPTS');
    expect(Number(headers['retry-after'])).toBeGreaterThan(600);
  });
});

describe('R-CR-1: whom it is offered to', () => {
  test('nobody, before a student has been looked up', async () => {
    const candidate = await stories.candidate();
    expect(codeOf(await candidate.get(PATH).expect(409))).toBe('QUALIFICATION_NOT_QUERIED');
    const { ticketNumber } = await stories.result({ documentNumber: 'G00000000' });
    expect(codeOf(await candidate.post(PATH, { ticketNumber }).expect(409))).toBe(
      'QUALIFICATION_NOT_QUERIED',
    );
  });

  test('not at a campus that does not hold CET6', async () => {
    const { candidate, number } = await someone({ campusCode: '120011' });
    const { ticketNumber } = await stories.result({ documentNumber: number, name: '曾用名' });
    expect((await candidate.get(PATH)).body).toEqual({ offered: false });
    expect(codeOf(await candidate.post(PATH, { ticketNumber }).expect(409))).toBe('REVIEW_NOT_OFFERED');
    expect(await reviewsOf(candidate)).toEqual([]);
  });

  test('not to a candidate who is barred', async () => {
    const { candidate, student, number } = await someone();
    const { documentType, documentNumber, provinceCode, schoolCode } = student.details;
    const line = { sittingId, provinceCode, schoolCode, documentType, documentNumber, reason: null };
    await world.unitOfWork.run((tx) =>
      tx.manager.insert(SubjectListLine, {
        ...line,
        id: newId(),
        subjectCode: '2',
        list: 'BLACK',
        createdAt: tx.now,
      }),
    );
    const { ticketNumber } = await stories.result({ documentNumber: number, name: '曾用名' });
    expect(codeOf(await candidate.post(PATH, { ticketNumber }).expect(409))).toBe('REVIEW_NOT_OFFERED');
  });

  test('not to a candidate who is qualified already', async () => {
    const { candidate, number } = await someone();
    const { ticketNumber } = await stories.result({ documentNumber: number });
    expect(codeOf(await candidate.post(PATH, { ticketNumber }).expect(409))).toBe('REVIEW_NOT_OFFERED');
  });

  test('a rejected one may be deleted by a candidate who was qualified since, not resubmitted', async () => {
    const { candidate, student, ticketNumber } = await somebodyRejected();
    await stories.result({ documentNumber: student.details.documentNumber });
    expect(codeOf(await candidate.put(PATH, { ticketNumber }).expect(409))).toBe('REVIEW_NOT_OFFERED');
    await candidate.delete(PATH).expect(204);
  });
});

describe('R-CR-6: one review per account', () => {
  test('several tabs submit at once: one review stands', async () => {
    for (let round = 0; round < 5; round++) {
      const { candidate, number } = await someone();
      const { ticketNumber } = await stories.result({ documentNumber: number, name: '曾用名' });
      const answers = await Promise.all([1, 2, 3, 4].map(() => candidate.post(PATH, { ticketNumber })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
      const refused = answers.filter(({ status }) => status === 409).map(codeOf);
      expect(refused).toEqual(['REVIEW_EXISTS', 'REVIEW_EXISTS', 'REVIEW_EXISTS']);
      expect(await reviewsOf(candidate)).toHaveLength(1);
    }
  });

  test('several tabs resubmit at once: it is submitted once', async () => {
    for (let round = 0; round < 5; round++) {
      const { candidate, ticketNumber } = await somebodyRejected();
      const answers = await Promise.all([1, 2, 3].map(() => candidate.put(PATH, { ticketNumber })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect(await reviewsOf(candidate)).toMatchObject([{ state: 'PENDING', submissions: 2 }]);
    }
  });

  test('one tab resubmits while another deletes: one of them wins', async () => {
    const { candidate, ticketNumber } = await somebodyRejected();
    const [put, gone] = await Promise.all([candidate.put(PATH, { ticketNumber }), candidate.delete(PATH)]);
    expect([put.status, gone.status]).toEqual(put.status === 200 ? [200, 409] : [404, 204]);
  });

  test('the same request again, by its key, is answered the same', async () => {
    const { candidate, number } = await someone();
    const { ticketNumber } = await stories.result({ documentNumber: number, name: '曾用名' });
    const submit = () => candidate.post(PATH, { ticketNumber }).set('Idempotency-Key', 'k1').expect(201);
    expect((await submit()).body).toEqual((await submit()).body);
  });
});

describe('R-CR-7: a result from before 2005 is added by the school', () => {
  test('by hand, on the whitelist: CET6 is the candidate’s at once; adding again changes nothing', async () => {
    const { candidate, student } = await someone({ documentType: 'PASSPORT', documentNumber: 'G12345678' });
    const add = world.use(AddCet6QualificationByHand);
    const command = {
      documentType: 'PASSPORT',
      documentNumber: ' g12345678',
      reason: '2003年CET4 450分',
    } as const;
    expect(await add.execute(command, TEACHER)).toBe(true);
    expect(await mayTakeCet6(candidate, student)).toBe(true);
    expect(await add.execute(command, TEACHER)).toBe(false);
    const lines = await world.dataSource.manager.findBy(SubjectListLine, { documentNumber: 'G12345678' });
    expect(lines).toMatchObject([
      {
        provinceCode: '12',
        schoolCode: '12001',
        subjectCode: '2',
        list: 'WHITE',
        reason: '2003年CET4 450分',
      },
    ]);
    expect(await auditOf(lines[0]!.id)).toMatchObject([
      {
        action: 'subject-list-line.add',
        schoolCode: '12001',
        factsAfter: { list: 'WHITE', subjectCode: '2' },
      },
    ]);
  });

  test('whoever has confirmed to be the student is told; who only looked them up is not', async () => {
    const { candidate, student } = await someone();
    const confirmed = await stories.candidate();
    await world.unitOfWork.run((tx) =>
      world.use(LookedUpRecords).confirm(tx, confirmed.accountId, sittingId, student.id),
    );
    const command = { ...student.details, reason: '2003年CET4 450分' };
    await world.use(AddCet6QualificationByHand).execute(command, TEACHER);
    expect(await world.use(ListOutbox).execute({ recipient: confirmed.phone! })).toHaveLength(1);
    expect(await world.use(ListOutbox).execute({ recipient: candidate.phone! })).toEqual([]);
  });

  test.each(OTHERS)('for %s the student is not there', async (_, stranger) => {
    const { candidate, student } = await someone();
    const { documentType, documentNumber } = student.details;
    const command = { documentType, documentNumber, reason: '2003年CET4' };
    const add = world.use(AddCet6QualificationByHand);
    await expect(add.execute(command, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await mayTakeCet6(candidate, student)).toBe(false);
  });

  test.each(OTHER_ROLES)('%s adds nobody', async (_, actor) => {
    const { student } = await someone();
    const command = { ...student.details, reason: '2003年CET4' };
    await expect(world.use(AddCet6QualificationByHand).execute(command, actor)).rejects.toMatchObject({
      code: 'NOT_YOUR_ROLE',
    });
  });
});

describe('Many reviews at once', () => {
  const approve = (reviewIds: string[], actor = TEACHER) =>
    world
      .use(ApproveCleanCet6Reviews)
      .execute({ reviews: reviewIds.map((reviewId) => ({ reviewId })) }, actor);
  /** Whose CET4 record has the same number under another type of document: plainly one person's. */
  async function somebodyClean() {
    const { candidate, student, number } = await someone();
    const { ticketNumber } = await stories.result({ documentNumber: number, documentType: 'PASSPORT' });
    await candidate.post(PATH, { ticketNumber }).expect(201);
    const [review] = await reviewsOf(candidate);
    return { candidate, student, review: review! };
  }

  test('the clean ones are approved and told; the others are left, each with the reason', async () => {
    const [clean, unlike, decided] = [await somebodyClean(), await somebodyPending(), await somebodyClean()];
    await decide(decided.candidate, 'REJECT');
    const [other] = await reviewsOf(unlike.candidate);
    const answer = await approve([clean.review.id, other!.id, decided.review.id, clean.review.id]);
    expect(answer).toMatchObject({ approved: [clean.review.id] });
    await tenSecondsPass();
    expect(answer.leftOut).toEqual([
      { reviewId: other!.id, name: '张三', why: expect.stringContaining('证件号码与成绩记录不一致') },
      { reviewId: decided.review.id, name: '张三', why: expect.stringContaining('已经处理') },
    ]);
    expect(await reviewsOf(clean.candidate)).toMatchObject([{ state: 'APPROVED', decidedBy: 'STAFF s1' }]);
    expect(await reviewsOf(unlike.candidate)).toMatchObject([{ state: 'PENDING' }]);
    expect(await mayTakeCet6(clean.candidate, clean.student)).toBe(true);
    expect(await world.use(ListOutbox).execute({ recipient: clean.candidate.phone! })).toHaveLength(1);
    expect(await auditOf(clean.review.id)).toHaveLength(2);
  });

  test.each(OTHERS)('for %s they are not there, and nothing is done', async (_, stranger) => {
    const { candidate, review } = await somebodyClean();
    await expect(approve([review.id], stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await reviewsOf(candidate)).toMatchObject([{ state: 'PENDING' }]);
    await expect(approve([review.id, newId()])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await reviewsOf(candidate)).toMatchObject([{ state: 'PENDING' }]);
  });

  test('one of another school among them, and none is approved', async () => {
    const [own, foreign] = [await somebodyClean(), await somebodyClean()];
    await world.dataSource.manager.update(Cet6Review, { id: foreign.review.id }, { schoolCode: '12002' });
    await expect(approve([own.review.id, foreign.review.id])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await reviewsOf(own.candidate)).toMatchObject([{ state: 'PENDING' }]);
  });

  test('one side beside the other: the review, the CET4 record, the student on the roster', async () => {
    const { student, review } = await somebodyClean();
    const compare = (actor: StaffActor) =>
      world.use(CompareCet6Review).execute({ reviewId: review.id }, actor);
    expect(await compare(TEACHER)).toMatchObject({
      review: { id: review.id },
      result: { ticketNumber: review.ticketNumber, documentType: 'PASSPORT', score: 500 },
      student: { name: '张三' },
      recordId: student.id,
      notClean: undefined,
    });
    await expect(compare(OTHERS[0][1])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
