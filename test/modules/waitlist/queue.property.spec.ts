import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { Response } from 'supertest';
import { DAYS, later, SECONDS } from '../../../src/kernel/clock.js';
import { newId } from '../../../src/kernel/ids.js';
import { SubjectListLine } from '../../../src/modules/qualification/index.js';
import { Enrolment, Registration, WaitlistEntry } from '../../../src/modules/registration/index.js';
import { type Campus, Venue, VenueSeats } from '../../../src/modules/sitting/index.js';
import { VerifySeats } from '../../../src/modules/waitlist/index.js';
import { JobQueue } from '../../../src/platform/queue/job-queue.js';
import { crowd } from '../../support/crowd.js';
import { levelBits } from '../../support/levels.js';
import { type TestCandidate, World } from '../../support/world.js';
import { type Answer, type CandidateMove, type Move, QueueModel } from './queue-model.js';

const AT_THE_DOOR = 4;
/** `PROPERTY_RUNS=200` looks longer; the time is bounded in any case. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 12);
const LONGEST_MS = Math.max(15, RUNS) * SECONDS;

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

/** The venue of the model, in the application. */
class RealQueue {
  /** By number, as the model has them. */
  private readonly candidates: { candidate: TestCandidate; registrationId: string }[] = [];
  private readonly atTheDoor: number[] = [];

  private constructor(
    private readonly campus: Campus,
    private readonly venue: Venue,
    private readonly elsewhere: Venue,
  ) {}

  static async open(capacity: number): Promise<RealQueue> {
    await world.reset();
    const campus = await world.campus();
    const venue = await world.venue({ campus, seats: capacity });
    const real = new RealQueue(campus, venue, await world.venue({ campus, subject: '4' }));
    for (let door = 0; door < AT_THE_DOOR; door++) await real.newcomer(door);
    return real;
  }

  async make(move: Move): Promise<Answer> {
    if ('who' in move) return this.makeAsCandidate(move.kind, move.who);
    switch (move.kind) {
      case 'RESIZE': {
        const change = { venueId: this.venue.id, capacity: move.capacity, cause: 'TEST' };
        const done = await world.unitOfWork.run((tx) => world.use(VenueSeats).resize(tx, change));
        return done ? 'YES' : 'NO';
      }
      case 'OPEN':
        return this.closesAt(later(world.clock.now(), 7 * DAYS));
      case 'SHUT':
        return this.closesAt(world.clock.now());
      case 'ALLOCATE':
        return world.job('waitlist.allocate', { venueId: this.venue.id }).then(() => 'YES');
      case 'SWEEP':
        return world.job('waitlist.allocate').then(() => 'YES');
      case 'CLOSE':
        return world.job('waitlist.close').then(() => 'YES');
    }
  }

  private async makeAsCandidate(kind: CandidateMove['kind'], door: number): Promise<Answer> {
    const { candidate, registrationId } = this.candidates[this.atTheDoor[door]!]!;
    const { manager } = world.dataSource;
    const here = { registrationId, venueId: this.venue.id };
    const { documentType, documentNumber } = candidate.documents;
    switch (kind) {
      case 'ENROL':
        return answerOf(await candidate.post('/written/enrolments', { venueIds: [here.venueId] }));
      case 'JOIN':
        return answerOf(await candidate.post('/waitlist/entries', { venueId: here.venueId }));
      case 'CANCEL': {
        const { id } = await manager.findOneOrFail(WaitlistEntry, { where: here, order: { place: 'DESC' } });
        return answerOf(await candidate.post(`/waitlist/entries/${id}/cancellation`, { reason: 'GIVE_UP' }));
      }
      case 'GIVE_UP': {
        const { id } = await this.liveEnrolment(here);
        return answerOf(await candidate.delete(`/written/enrolments/${id}`));
      }
      case 'PAY':
        return candidate.pays().then(() => 'YES');
      case 'LAPSE': {
        const { id } = await this.liveEnrolment(here);
        await manager.update(Enrolment, { id }, { payBy: later(world.clock.now(), -1 * DAYS) });
        return world.job('enrolment.lapse').then(() => 'YES');
      }
      case 'DELETE_REGISTRATION': {
        const answer = answerOf(await candidate.delete('/registration'));
        if (answer === 'YES') await this.newcomer(door);
        return answer;
      }
      case 'BLACKLIST':
        await manager.insert(SubjectListLine, {
          id: newId(),
          sittingId: this.venue.sittingId,
          provinceCode: this.campus.provinceCode,
          schoolCode: this.campus.schoolCode,
          documentType,
          documentNumber,
          subjectCode: '1',
          list: 'BLACK',
          reason: null,
          createdAt: world.clock.now(),
        });
        return 'YES';
      case 'TAKE_OFF_BLACKLIST':
        await manager.delete(SubjectListLine, { documentNumber });
        return 'YES';
    }
  }

  /** What there is, in the words of the model. */
  async state() {
    const rows = { venueId: this.venue.id };
    const numberOf = (id: string) => this.candidates.findIndex(({ registrationId }) => registrationId === id);
    const { manager } = world.dataSource;
    const entries = await manager.find(WaitlistEntry, { where: rows, order: { place: 'ASC' } });
    const live = (await manager.findBy(Enrolment, rows)).filter(isLive);
    const { capacity, taken, waiting } = await world.seats(this.venue);
    return {
      ...{ capacity, taken, waiting },
      entries: entries.map(({ registrationId, state }) => ({ who: numberOf(registrationId), state })),
      holding: new Map(live.map(({ registrationId, state }) => [numberOf(registrationId), state])),
      faults: (await world.use(VerifySeats).execute(rows)).faults,
      levelsAmiss: await this.levelsAmiss(),
    };
  }

  /** Registrations that hold other levels than those of their live enrolments and waiting entries. */
  private async levelsAmiss(): Promise<Registration[]> {
    const { manager } = world.dataSource;
    const holders = [
      ...(await manager.find(Enrolment)).filter(isLive),
      ...(await manager.findBy(WaitlistEntry, { state: 'WAITING' })),
    ];
    return (await manager.find(Registration)).filter(
      ({ id, levelsHeld }) =>
        levelsHeld !== levelBits(holders.filter(({ registrationId }) => registrationId === id)),
    );
  }

  private async newcomer(door: number): Promise<void> {
    const [candidate] = (await crowd(world, { campus: this.campus, size: 1 })) as [TestCandidate];
    await candidate.enrols(this.elsewhere);
    const { accountId } = candidate;
    const { id } = await world.dataSource.manager.findOneByOrFail(Registration, { accountId });
    this.atTheDoor[door] = this.candidates.push({ candidate, registrationId: id }) - 1;
  }

  private async liveEnrolment(where: { registrationId: string; venueId: string }): Promise<Enrolment> {
    return (await world.dataSource.manager.findBy(Enrolment, where)).find(isLive)!;
  }

  private async closesAt(closesAt: Date): Promise<Answer> {
    await world.dataSource.manager.update(Venue, { id: this.venue.id }, { closesAt });
    return 'YES';
  }
}

const isLive = ({ state }: Enrolment) => state === 'UNPAID' || state === 'PAID';
const answerOf = ({ status, body }: Response): Answer => (status < 400 ? 'YES' : body.code);

const stateOf = (model: QueueModel) => ({
  capacity: model.capacity,
  taken: model.taken,
  waiting: model.queue.length,
  entries: model.entries,
  holding: model.holding,
  faults: [],
  levelsAmiss: [],
});

const who = fc.nat({ max: AT_THE_DOOR - 1 });
const byCandidates = (...kinds: CandidateMove['kind'][]) =>
  fc.record({ kind: fc.constantFrom(...kinds), who }) satisfies fc.Arbitrary<Move>;
const byOthers = <K extends Exclude<Move['kind'], CandidateMove['kind'] | 'RESIZE'>>(...kinds: K[]) =>
  fc.record({ kind: fc.constantFrom(...kinds) });
const resizing = fc.record({ kind: fc.constant('RESIZE' as const), capacity: fc.nat({ max: 3 }) });
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: byCandidates('ENROL', 'JOIN', 'JOIN', 'JOIN') },
  { weight: 5, arbitrary: byCandidates('LAPSE', 'GIVE_UP', 'CANCEL') },
  { weight: 3, arbitrary: byCandidates('PAY', 'DELETE_REGISTRATION', 'BLACKLIST', 'TAKE_OFF_BLACKLIST') },
  { weight: 2, arbitrary: resizing },
  { weight: 3, arbitrary: byOthers('ALLOCATE', 'SWEEP') },
  { weight: 2, arbitrary: byOthers('OPEN', 'OPEN', 'SHUT', 'CLOSE') },
);

it(
  'after any moves, answers and rows are those of the model (R-WL-1 to 8)',
  async () => {
    // seats are handed out when a move says so, not when the application would
    const wakeUps = jest.spyOn(world.use(JobQueue), 'add').mockResolvedValue(undefined);
    const property = fc.asyncProperty(
      fc.nat({ max: 2 }),
      fc.array(move, { maxLength: 60, size: 'max' }),
      async (capacity, moves) => {
        const model = new QueueModel(capacity, AT_THE_DOOR);
        const real = await RealQueue.open(capacity);
        for (const [i, each] of moves.entries()) {
          const expected = model.make(each);
          if (expected === undefined) continue;
          expect([i, each, await real.make(each)]).toEqual([i, each, expected]);
          expect([i, each, await real.state()]).toEqual([i, each, stateOf(model)]);
        }
      },
    );
    // a failure names its seed and path, and the shortest moves that show it
    await fc.assert(property, {
      numRuns: RUNS,
      interruptAfterTimeLimit: LONGEST_MS,
      markInterruptAsFailure: false,
    });
    wakeUps.mockRestore();
  },
  4 * LONGEST_MS,
);
