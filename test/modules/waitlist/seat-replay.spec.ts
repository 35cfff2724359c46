import type { SeatHolder, WaitlistEntryOfVenue } from '../../../src/modules/registration/index.js';
import type { SeatLedgerLine, SeatMove } from '../../../src/modules/sitting/index.js';
import { proveSeats } from '../../../src/modules/waitlist/seat-proof.js';
import { SeatReplay } from '../../../src/modules/waitlist/seat-replay.js';
import { NINE_O_CLOCK } from '../../support/clock.js';

/** A line as people write one: move, holder, and capacity, taken and waiting after it. */
type Written = [move: SeatMove, holder: string | null, capacity: number, taken: number, waiting: number];

const lineOf = ([move, holderId, capacity, taken, waiting]: Written, i: number): SeatLedgerLine => ({
  venueId: 'v',
  sequence: i + 1,
  move,
  holderId,
  capacity,
  taken,
  waiting,
  happenedAt: NINE_O_CLOCK,
  cause: 'TEST',
});

const faultsOf = (lines: readonly SeatLedgerLine[], enrolmentOf?: ReadonlyMap<string, string>) => {
  const replay = new SeatReplay('v', enrolmentOf);
  for (const line of lines) replay.add(line);
  return replay.faults.map(({ sequence, fault }) => `${sequence} ${fault}`);
};

/** One seat: a takes it; b, c and d queue; a gives it back; b gets it; c leaves; the venue grows, and d gets one too. */
const SOUND: Written[] = [
  ['CLAIM', 'a', 1, 1, 0],
  ['JOIN', 'b', 1, 1, 1],
  ['JOIN', 'c', 1, 1, 2],
  ['JOIN', 'd', 1, 1, 3],
  ['RELEASE', 'a', 1, 0, 3],
  ['ALLOCATE', 'b', 1, 1, 2],
  ['LEAVE', 'c', 1, 1, 1],
  ['RESIZE', null, 2, 1, 1],
  ['ALLOCATE', 'd', 2, 2, 0],
];

it('a sound ledger has no faults', () => {
  expect(faultsOf(SOUND.map(lineOf))).toEqual([]);
});

it('a seat that was allocated is given back under the enrolment it became', () => {
  const lines = [...SOUND, ['RELEASE', 'enrolment-b', 2, 1, 0] as Written].map(lineOf);
  expect(faultsOf(lines, new Map([['b', 'enrolment-b']]))).toEqual([]);
  expect(faultsOf(lines)).toEqual(['10 RELEASE: gave back a seat it did not hold']);
});

describe.each<[fault: string, ledger: Written[]]>([
  [
    '2 CLAIM: a claim without a free seat',
    [
      ['CLAIM', 'a', 1, 1, 0],
      ['CLAIM', 'b', 1, 2, 0],
    ],
  ],
  [
    '4 CLAIM: a claim passed those who wait',
    [
      ['CLAIM', 'a', 1, 1, 0],
      ['JOIN', 'b', 1, 1, 1],
      ['RELEASE', 'a', 1, 0, 1],
      ['CLAIM', 'c', 1, 1, 1],
    ],
  ],
  [
    '2 CLAIM: took a second seat',
    [
      ['CLAIM', 'a', 2, 1, 0],
      ['CLAIM', 'a', 2, 2, 0],
    ],
  ],
  ['1 JOIN: queued though a seat was free', [['JOIN', 'a', 1, 0, 1]]],
  [
    '2 JOIN: queued twice',
    [
      ['JOIN', 'a', 0, 0, 1],
      ['JOIN', 'a', 0, 0, 2],
    ],
  ],
  [
    '4 ALLOCATE: the seat did not go to the first in line',
    [
      ['JOIN', 'a', 0, 0, 1],
      ['JOIN', 'b', 0, 0, 2],
      ['RESIZE', null, 1, 0, 2],
      ['ALLOCATE', 'b', 1, 1, 1],
    ],
  ],
  ['1 ALLOCATE: the seat did not go to the first in line', [['ALLOCATE', 'a', 1, 1, -1]]],
  ['1 LEAVE: left a queue it was not in', [['LEAVE', 'a', 1, 0, -1]]],
  ['1 RELEASE: gave back a seat it did not hold', [['RELEASE', 'a', 1, -1, 0]]],
  [
    '3 RELEASE: gave back a seat it did not hold',
    [
      ['CLAIM', 'a', 1, 1, 0],
      ['RELEASE', 'a', 1, 0, 0],
      ['RELEASE', 'a', 1, -1, 0],
    ],
  ],
  [
    '2 CLAIM: capacity changed without RESIZE',
    [
      ['CLAIM', 'a', 1, 1, 0],
      ['CLAIM', 'b', 2, 2, 0],
    ],
  ],
  ['1 CLAIM: counts 0/0, replayed 1/0', [['CLAIM', 'a', 1, 0, 0]]],
  [
    '2 RESIZE: 2 taken of 1',
    [
      ['CLAIM', 'a', 2, 1, 0],
      ['RESIZE', null, 1, 2, 0],
    ],
  ],
  ['1 RELEASE: a count below zero', [['RELEASE', 'a', 1, -1, 0]]],
])('%s', (fault, ledger) => {
  it('is found, where it is', () => expect(faultsOf(ledger.map(lineOf))).toContain(fault));
});

it('a line that is missing is found, and so are its traces', () => {
  const lines = SOUND.map(lineOf).filter(({ sequence }) => sequence !== 5);
  expect(faultsOf(lines)[0]).toBe('6 ALLOCATE: sequence 6 follows 4');
});

it('a line that was rewritten afterwards shows', () => {
  // b’s seat is made out to c
  const forged = SOUND.map(
    ([move, holder, ...counts], i): Written => [move, i === 5 ? 'c' : i === 6 ? 'b' : holder, ...counts],
  );
  expect(faultsOf(forged.map(lineOf))).toEqual(['6 ALLOCATE: the seat did not go to the first in line']);
});

const ORDER = 'the order of those who wait is not that of the ledger';

describe('the rows against the ledger', () => {
  const holder = (id: string): SeatHolder => ({ id, registrationState: 'ACTIVE' });
  const entry = (id: string, facts: Partial<WaitlistEntryOfVenue>): WaitlistEntryOfVenue => ({
    id,
    state: 'WAITING',
    remark: null,
    enrolmentId: null,
    registrationState: 'ACTIVE',
    ...facts,
  });
  const LEDGER: Written[] = [...SOUND, ['JOIN', 'e', 2, 2, 1], ['JOIN', 'f', 2, 2, 2]];
  const rows = () => ({
    venue: { id: 'v', capacity: 2, taken: 2, waiting: 2, sequence: LEDGER.length },
    holders: [holder('enrolment-b'), holder('enrolment-d')],
    entries: [
      entry('b', { state: 'ALLOCATED', enrolmentId: 'enrolment-b' }),
      entry('c', { state: 'CANCELLED', remark: 'GIVE_UP' }),
      entry('d', { state: 'ALLOCATED', enrolmentId: 'enrolment-d' }),
      entry('e', {}),
      entry('f', {}),
    ],
  });
  const prove = async (doctored: ReturnType<typeof rows>) => {
    async function* ledger() {
      yield* LEDGER.map(lineOf);
    }
    return (await proveSeats(doctored, ledger())).map(({ fault }) => fault);
  };

  it('no faults where they agree', async () => expect(await prove(rows())).toEqual([]));

  it('no faults where nothing has happened', async () => {
    const untouched = { id: 'v', capacity: 5, taken: 0, waiting: 0, sequence: 0 };
    async function* nothing() {}
    expect(await proveSeats({ venue: untouched, holders: [], entries: [] }, nothing())).toEqual([]);
  });

  const changed = (change: (doctored: ReturnType<typeof rows>) => unknown) => () => {
    const doctored = rows();
    change(doctored);
    return doctored;
  };

  it.each<[string[], () => ReturnType<typeof rows>]>([
    [['capacity is 3, the ledger says 2'], changed(({ venue }) => Object.assign(venue, { capacity: 3 }))],
    [['taken is 1, the ledger says 2'], changed(({ venue }) => Object.assign(venue, { taken: 1 }))],
    [['waiting is 1, the ledger says 2'], changed(({ venue }) => Object.assign(venue, { waiting: 1 }))],
    // the last lines are gone, and what they said with them
    [['sequence is 12, the ledger says 11'], changed(({ venue }) => Object.assign(venue, { sequence: 12 }))],
    [['1 hold a seat, says no ledger line: x'], changed(({ holders }) => holders.push(holder('x')))],
    [['1 hold a seat, says the ledger alone: enrolment-d'], changed(({ holders }) => holders.pop())],
    [
      ['1 were given a seat, says the ledger alone: d', '1 wait, says no ledger line: d', ORDER],
      changed(({ entries }) => Object.assign(entries[2]!, { state: 'WAITING' })),
    ],
    [
      ['1 left the queue, says no ledger line: f', '1 wait, says the ledger alone: f', ORDER],
      changed(({ entries }) => Object.assign(entries[4]!, { state: 'FAILED', remark: 'NOT_QUALIFIED' })),
    ],
    [[ORDER], changed(({ entries }) => void entries.reverse())],
    [
      ['1 left the queue without a reason: c'],
      changed(({ entries }) => Object.assign(entries[1]!, { remark: null })),
    ],
    [
      ['1 of a registration that is deleted: enrolment-b'],
      changed(({ holders }) => Object.assign(holders[0]!, { registrationState: 'DELETED' })),
    ],
    [
      ['1 of a registration that is deleted: e'],
      changed(({ entries }) => Object.assign(entries[3]!, { registrationState: 'DELETED' })),
    ],
  ])('%j', async (faults, doctored) => expect(await prove(doctored())).toEqual(faults));

  it('names ten of many', async () => {
    const doctored = rows();
    for (let i = 0; i < 20; i++) doctored.holders.push(holder(`x${i}`));
    const [fault] = await prove(doctored);
    expect(fault).toBe(`20 hold a seat, says no ledger line: ${range(10).join(', ')} …`);
  });
});

function range(n: number) {
  return Array.from({ length: n }, (_, i) => `x${i}`);
}
