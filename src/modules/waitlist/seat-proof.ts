import type { SeatHolder, WaitlistEntryOfVenue } from '../registration/index.js';
import type { SeatLedgerLine, Venue } from '../sitting/index.js';
import { type SeatFault, SeatReplay } from './seat-replay.js';

/** A venue, who holds its seats and who waits or waited for it, as their rows are at one moment. */
export interface SeatRows {
  venue: Pick<Venue, 'id' | 'capacity' | 'taken' | 'waiting' | 'sequence'>;
  holders: readonly SeatHolder[];
  /** In the order of their places. */
  entries: readonly WaitlistEntryOfVenue[];
}

type Row = { readonly id: string };

/**
 * Proves one venue: its ledger is sound in itself, and the rows are what it says. No faults mean: never above
 * capacity, rows equal counts, the first in line first, and a reason for everybody who left the queue.
 */
export async function proveSeats(
  { venue, holders, entries }: SeatRows,
  ledger: AsyncIterable<SeatLedgerLine>,
): Promise<SeatFault[]> {
  const replay = new SeatReplay(venue.id, enrolmentsOf(entries));
  for await (const line of ledger) replay.add(line);

  const waiting = entries.filter(({ state }) => state === 'WAITING');
  const allocated = entries.filter(({ state }) => state === 'ALLOCATED');
  const left = entries.filter(({ state }) => state !== 'WAITING' && state !== 'ALLOCATED');
  const { taken, sequence } = replay;
  const said = { capacity: replay.capacity ?? venue.capacity, taken, waiting: replay.waiting, sequence };
  const faults = [
    ...(['capacity', 'taken', 'waiting', 'sequence'] as const)
      .filter((count) => venue[count] !== said[count])
      .map((count) => `${count} is ${venue[count]}, the ledger says ${said[count]}`),
    ...differences('hold a seat', holders, replay.holders),
    ...differences('were given a seat', allocated, replay.allocated),
    ...differences('left the queue', left, replay.left),
    ...differences('wait', waiting, new Set(replay.stillWaiting)),
    ...list(
      'left the queue without a reason',
      left.filter(({ remark }) => remark === null),
    ),
    ...list(
      'of a registration that is deleted',
      [...holders, ...waiting].filter(({ registrationState }) => registrationState !== 'ACTIVE'),
    ),
  ];
  if (idsOf(waiting).join() !== replay.stillWaiting.join())
    faults.push('the order of those who wait is not that of the ledger');
  return [...replay.faults, ...faults.map((fault) => ({ venueId: venue.id, fault }))];
}

function enrolmentsOf(entries: readonly WaitlistEntryOfVenue[]): ReadonlyMap<string, string> {
  return new Map(entries.flatMap(({ id, enrolmentId }) => (enrolmentId ? [[id, enrolmentId]] : [])));
}

function differences(what: string, rows: readonly Row[], said: ReadonlySet<string>): string[] {
  const ids = new Set(idsOf(rows));
  return [
    ...list(
      `${what}, says no ledger line`,
      rows.filter(({ id }) => !said.has(id)),
    ),
    ...list(
      `${what}, says the ledger alone`,
      [...said].filter((id) => !ids.has(id)).map((id) => ({ id })),
    ),
  ];
}

const SHOWN = 10;

/** One line for all of them; none when there are none. */
function list(what: string, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const shown = idsOf(rows.slice(0, SHOWN)).join(', ');
  return [`${rows.length} ${what}: ${shown}${rows.length > SHOWN ? ' …' : ''}`];
}

function idsOf(rows: readonly Row[]): string[] {
  return rows.map(({ id }) => id);
}
