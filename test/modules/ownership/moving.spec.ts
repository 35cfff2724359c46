import { newId } from '../../../src/kernel/ids.js';
import {
  Cet6Review,
  type Cet6ReviewState,
  MoveCet6Review,
} from '../../../src/modules/qualification/index.js';
import { RegistrationRepository, WithOrdersClosed } from '../../../src/modules/registration/index.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const STUDENT = { documentType: 'PASSPORT', documentNumber: 'E20240001' } as const;

async function claims(
  accountId: string,
  state: Cet6ReviewState,
  documentNumber: string = STUDENT.documentNumber,
) {
  await world.dataSource.manager.insert(Cet6Review, {
    id: newId(),
    accountId,
    sittingId: newId(),
    ...{ provinceCode: '12', schoolCode: '12001', campusCode: '120010', name: '考生' },
    ...STUDENT,
    documentNumber,
    ticketNumber: '120010252101218',
    state,
    submissions: 1,
    submittedAt: world.clock.now(),
    decidedAt: null,
    decidedBy: null,
    reason: null,
  });
}

describe('A student’s CET6 review, when the registration goes to its owner', () => {
  const stateOf = async (accountId: string) =>
    (await world.dataSource.manager.findOneBy(Cet6Review, { accountId }))?.state;

  it.each<[string, Cet6ReviewState | undefined, Cet6ReviewState | undefined, Cet6ReviewState | undefined]>([
    ['goes along', undefined, 'APPROVED', undefined],
    ['takes the place of one the owner deleted', 'DELETED', 'APPROVED', 'DELETED'],
    [
      'takes the place of one that was rejected, which nobody else is shown',
      'REJECTED',
      'APPROVED',
      'DELETED',
    ],
    ['stays where the owner’s own waits', 'PENDING', 'PENDING', 'APPROVED'],
    ['stays where the owner’s own was approved', 'APPROVED', 'APPROVED', 'APPROVED'],
  ])('%s', async (_, own, owners, others) => {
    await claims('thief', 'APPROVED');
    if (own) await claims('owner', own);
    await world.unitOfWork.run((tx) =>
      world.use(MoveCet6Review).execute(tx, { from: 'thief', to: 'owner', student: STUDENT }),
    );
    expect([await stateOf('owner'), await stateOf('thief')]).toEqual([owners, others]);
  });

  it('is not one about somebody else', async () => {
    await claims('thief', 'APPROVED', 'E99999999');
    await world.unitOfWork.run((tx) =>
      world.use(MoveCet6Review).execute(tx, { from: 'thief', to: 'owner', student: STUDENT }),
    );
    expect([await stateOf('owner'), await stateOf('thief')]).toEqual([undefined, 'APPROVED']);
  });
});

it('Whoever found a registration before it moved does nothing with it afterwards', async () => {
  const { candidate } = await world.openVenue();
  const registrations = world.use(RegistrationRepository);
  const { registration } = await registrations.currentOf(world.unitOfWork.read(), candidate.accountId);
  await world.unitOfWork.run((tx) => registrations.moveTo(tx, registration, newId()));
  const work = world.use(WithOrdersClosed).run(registration, 'ALL', async () => 'done');
  await expect(work).rejects.toMatchObject({ code: 'NOT_REGISTERED' });
});
