import type { StaffActor } from '../../../src/kernel/actor.js';
import { AuditLine } from '../../../src/modules/audit/index.js';
import { CountAcceptances, PublishAgreement } from '../../../src/modules/qualification/index.js';
import { Agreement } from '../../../src/modules/sitting/index.js';
import { problem } from '../../support/problem.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
afterEach(async () => {
  await world.unitOfWork.run((tx) => tx.manager.query('DELETE FROM agreement WHERE version > 1'));
  await world.reset();
});

const CENTRAL: StaffActor = { type: 'STAFF', staffId: 'zhao', role: 'CENTRAL' };
const PROVINCE: StaffActor = { type: 'STAFF', staffId: 'li', role: 'PROVINCE', provinceCode: '12' };
const NEXT = { basedOn: 1, textZh: '1. 甲\r\n\r\n 2. 乙 ', textEn: '1. One\n2. Two' };
const publish = (texts: object = {}, actor = CENTRAL) =>
  world.use(PublishAgreement).execute({ ...NEXT, ...texts }, actor);

describe('A new version of the agreement (R-QU-1)', () => {
  it('asks everybody again, and central staff know beforehand how many', async () => {
    const { candidate } = await world.openVenue();
    expect(await world.use(CountAcceptances).execute(CENTRAL)).toEqual({ version: 1, accounts: 1 });
    expect(await publish()).toBe(2);
    expect(await world.use(CountAcceptances).execute(CENTRAL)).toEqual({ version: 2, accounts: 0 });
    await candidate.get('/registration').expect(403).expect(problem('AGREEMENT_NOT_ACCEPTED'));
    const { body } = await candidate.get('/agreement').expect(200);
    expect(body).toMatchObject({ version: 2, points: ['甲', '乙'], accepted: false });
    await candidate.post('/agreement/acceptance', { version: 2 }).expect(201);
    await candidate.get('/registration').expect(200);
  });

  it('leaves the one before as people accepted it, and a line', async () => {
    const [first] = await world.dataSource.manager.find(Agreement);
    await publish();
    const [kept, next] = await world.dataSource.manager.find(Agreement, { order: { version: 'ASC' } });
    expect(kept).toEqual(first);
    expect(next).toMatchObject({ version: 2, textZh: '1. 甲\n2. 乙' });
    expect(await world.dataSource.manager.find(AuditLine)).toMatchObject([
      { action: 'agreement.publish', rowId: '2', factsBefore: { version: 1 }, factsAfter: { version: 2 } },
    ]);
  });

  it('is written from the one in force, says something new in both languages, and is central staff’s', async () => {
    const [{ textZh, textEn }] = (await world.dataSource.manager.find(Agreement)) as [Agreement];
    await expect(publish({ textZh, textEn })).rejects.toMatchObject({ code: 'AGREEMENT_UNCHANGED' });
    await expect(publish({ textEn: ' ' })).rejects.toMatchObject({ code: 'AGREEMENT_UNCHANGED' });
    await expect(publish({}, PROVINCE)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    await expect(world.use(CountAcceptances).execute(PROVINCE)).rejects.toMatchObject({
      code: 'NOT_YOUR_ROLE',
    });
    await publish();
    await expect(publish()).rejects.toMatchObject({ code: 'AGREEMENT_CHANGED_MEANWHILE' });
  });
});
