import { Account } from '../../../src/modules/passport/account.entity.js';
import { AccountsOfStudents, INITIAL_PASSWORD } from '../../../src/modules/passport/index.js';
import { aStudentOnAList } from '../../support/collective.js';
import { openAccount, signIn } from '../../support/passport.js';
import { World } from '../../support/world.js';

const student = {
  documentType: 'PASSPORT',
  documentNumber: 'E20240001',
  name: '买买提·吐尔逊',
  schoolCode: '12001',
} as const;

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const accountOf = (who: Parameters<AccountsOfStudents['findOrOpen']>[1] = student) =>
  world.unitOfWork.run((tx) => world.use(AccountsOfStudents).findOrOpen(tx, who));
const accounts = () => world.dataSource.manager.count(Account);

describe('the account of a student whom the school registers (R-PP-7)', () => {
  it('is made for whoever has none, once: document number and initial password', async () => {
    const { id } = await accountOf();
    expect((await accountOf()).id).toBe(id);
    expect(await accounts()).toBe(1);
    const account = await world.dataSource.manager.findOneByOrFail(Account, { id });
    expect(account).toMatchObject({ phone: null, passwordMustChange: true, openedBySchoolCode: '12001' });
  });

  it('is made once by two schools’ clerks at the same moment', async () => {
    const [one, other] = await Promise.all([accountOf(), accountOf()]);
    expect(one!.id).toBe(other!.id);
    expect(await accounts()).toBe(1);
  });

  it('may do nothing on the registration site before the password is changed and a phone bound', async () => {
    const { number } = await aStudentOnAList(world);
    const token = await signIn(world.app, number.toLowerCase(), INITIAL_PASSWORD);
    const registration = () => world.http.get('/api/v1/registration').auth(token, { type: 'bearer' });
    expect((await registration()).body.code).toBe('PASSWORD_MUST_CHANGE');
    await world.http
      .put('/api/v1/passport/account/password')
      .auth(token, { type: 'bearer' })
      .send({ currentPassword: INITIAL_PASSWORD, newPassword: 'my-own-1' })
      .expect(204);
    expect((await registration()).body.code).toBe('PHONE_NOT_BOUND');
  });

  it('is the one that has confirmed to be the student before, who may then sign in by document number too', async () => {
    const { accountId } = await openAccount(world.app, { profile: student });
    const account = await world.unitOfWork.run((tx) =>
      world.use(AccountsOfStudents).findOrOpen(tx, student, accountId),
    );
    expect(account).toMatchObject({ id: accountId, loginDocumentNumber: student.documentNumber });
    expect(await accounts()).toBe(1);
  });

  it('is a new one whoever claims in a profile to be the student: anybody can', async () => {
    const { accountId } = await openAccount(world.app, { profile: student });
    const { id } = await accountOf();
    expect(id).not.toBe(accountId);
    const [stranger, opened] = await Promise.all(
      [accountId, id].map((one) => world.dataSource.manager.findOneByOrFail(Account, { id: one })),
    );
    expect(stranger!.loginDocumentNumber).toBeNull();
    expect(opened).toMatchObject({
      loginDocumentNumber: student.documentNumber,
      passwordMustChange: true,
    });
  });

  it('is never that of somebody else who signs in with the same number', async () => {
    await accountOf();
    await expect(accountOf({ ...student, documentType: 'HONG_KONG_ID' })).rejects.toMatchObject({
      code: 'LOGIN_OF_ANOTHER',
    });
    const elsewhere = { ...student, schoolCode: '15001' };
    await expect(accountOf({ ...elsewhere, name: '李四' })).rejects.toMatchObject({
      code: 'LOGIN_OF_ANOTHER',
    });
  });
});
