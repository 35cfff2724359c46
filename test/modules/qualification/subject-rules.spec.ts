import type { StaffActor } from '../../../src/kernel/actor.js';
import { AuditLine } from '../../../src/modules/audit/index.js';
import { RemoveSubjectRules, SetSubjectRule, SubjectRule } from '../../../src/modules/qualification/index.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const TEACHER: StaffActor = { type: 'STAFF', staffId: 'wang', role: 'SCHOOL', schoolCode: '12001' };
const NEIGHBOUR: StaffActor = { ...TEACHER, schoolCode: '12002' };
const PROVINCE: StaffActor = { type: 'STAFF', staffId: 'li', role: 'PROVINCE', provinceCode: '12' };

const set = async (limits: Partial<SubjectRule>, actor = TEACHER) => {
  const { id: sittingId } = await world.sitting();
  const none = { educationLevels: null, grades: null, entryYears: null };
  await world
    .use(SetSubjectRule)
    .execute({ sittingId, schoolCode: '12001', subjectCode: '1', ...none, ...limits }, actor);
};
const rules = () => world.dataSource.manager.find(SubjectRule);

describe('A school says whom it lets take a subject (R-QU-3)', () => {
  it('and its candidates’ qualification follows', async () => {
    const campus = await world.campus({ schoolCode: '12001', code: '120010' });
    await world.venue({ campus });
    const candidate = await world.candidate({ campus, entryYear: 2025 });
    const subjects = async () =>
      (await candidate.post('/qualification/queries', candidate.documents).expect(200)).body
        .qualifiedSubjects;
    expect(await subjects()).toMatchObject([{ code: '1' }]);
    await set({ entryYears: [2023, 2024] });
    expect(await subjects()).toEqual([]);
    await set({ entryYears: [2025], grades: [] });
    expect(await subjects()).toMatchObject([{ code: '1' }]);
    const [rule] = await rules();
    expect(rule).toMatchObject({ provinceCode: '12', entryYears: [2025], grades: null });
    await set({ entryYears: [2024] });
    await world.use(RemoveSubjectRules).execute({ ruleIds: [rule!.id] }, TEACHER);
    expect(await subjects()).toMatchObject([{ code: '1' }]);
    const lines = await world.dataSource.manager.find(AuditLine, { order: { id: 'ASC' } });
    expect(lines).toMatchObject([
      { action: 'subject-rule.set', factsBefore: null },
      {
        action: 'subject-rule.set',
        factsBefore: { entryYears: [2023, 2024] },
        factsAfter: { entryYears: [2025] },
      },
      { action: 'subject-rule.set' },
      { action: 'subject-rule.remove', factsBefore: { entryYears: [2024] }, factsAfter: null },
    ]);
  });

  it('for itself only (R-AD-1)', async () => {
    await world.campus({ schoolCode: '12001', code: '120010' });
    await set({});
    const [rule] = await rules();
    await expect(set({}, NEIGHBOUR)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(set({}, PROVINCE)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    const remove = (actor: StaffActor) =>
      world.use(RemoveSubjectRules).execute({ ruleIds: [rule!.id] }, actor);
    await expect(remove(NEIGHBOUR)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(remove(PROVINCE)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    expect(await rules()).toHaveLength(1);
  });
});
