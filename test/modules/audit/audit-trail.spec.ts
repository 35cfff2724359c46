import type { StaffActor } from '../../../src/kernel/actor.js';
import { AuditLine, AuditTrail } from '../../../src/modules/audit/index.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const TEACHER: StaffActor = { type: 'STAFF', staffId: 'wang', role: 'SCHOOL', schoolCode: '11001' };
const lines = () => world.unitOfWork.read().manager.find(AuditLine, { order: { id: 'ASC' } });

describe('A change by staff leaves a line (R-AD-2)', () => {
  it('of who, when, and of what differs, what before and after', async () => {
    await world.unitOfWork.run((tx) =>
      world.use(AuditTrail).record(tx, TEACHER, {
        action: 'venue.edit',
        rowId: 'v1',
        provinceCode: '11',
        schoolCode: '11001',
        before: { feeFen: 2500, capacity: 10, subjects: ['1'] },
        after: { feeFen: 2500, capacity: 20, subjects: ['1', '2'] },
      }),
    );
    expect(await lines()).toMatchObject([
      {
        happenedAt: world.clock.now(),
        actor: 'STAFF wang',
        action: 'venue.edit',
        rowId: 'v1',
        provinceCode: '11',
        schoolCode: '11001',
        factsBefore: { capacity: 10, subjects: ['1'] },
        factsAfter: { capacity: 20, subjects: ['1', '2'] },
      },
    ]);
  });

  it('of all there is when a row is new or goes away', async () => {
    await world.unitOfWork.run(async (tx) => {
      await world
        .use(AuditTrail)
        .record(tx, TEACHER, { action: 'notice.add', rowId: 'n', after: { title: '通知' } });
      await world
        .use(AuditTrail)
        .record(tx, TEACHER, { action: 'notice.delete', rowId: 'n', before: { title: '通知' } });
    });
    expect(await lines()).toMatchObject([
      { factsBefore: null, factsAfter: { title: '通知' }, schoolCode: null },
      { factsBefore: { title: '通知' }, factsAfter: null },
    ]);
  });

  it('without numbers and addresses of people, wherever in the facts they stand', async () => {
    const facts = (documentNumber: string) => ({
      name: '张三',
      documentNumber,
      email: 'zhangsan@school.example',
      filters: { phone: '13800001234', documentNumber },
    });
    const numbers = ['37990220041108078X', '379902200411080798'] as const;
    await world.unitOfWork.run((tx) =>
      world.use(AuditTrail).recordAll(tx, TEACHER, [
        { action: 'student-record.delete', rowId: 'r', before: facts(numbers[0]) },
        { action: 'student-record.edit', rowId: 'r', before: facts(numbers[0]), after: facts(numbers[1]) },
      ]),
    );
    const [deleted, edited] = await lines();
    expect(deleted!.factsBefore).toEqual({
      name: '张三',
      documentNumber: '379***********078X',
      email: 'zh***@school.example',
      filters: { phone: '138****1234', documentNumber: '379***********078X' },
    });
    expect(edited).toMatchObject({
      factsBefore: { documentNumber: '379***********078X' },
      factsAfter: { documentNumber: '379***********0798' },
    });
    expect(
      JSON.stringify([deleted, edited].flatMap((line) => [line!.factsBefore, line!.factsAfter])),
    ).not.toMatch(/2004|zhangsan|0000/);
  });

  it('and none when the change did not happen', async () => {
    const failing = world.unitOfWork.run(async (tx) => {
      await world.use(AuditTrail).record(tx, TEACHER, { action: 'venue.edit', rowId: 'v1' });
      throw new Error('The change failed.');
    });
    await expect(failing).rejects.toThrow('The change failed.');
    expect(await lines()).toEqual([]);
  });
});
