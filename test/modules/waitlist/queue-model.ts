/** What a candidate is told: nothing but yes, or the code of the refusal. */
export type Answer = 'YES' | string;

/** What people, staff and jobs can do to one venue; `who` is one of those at the door, by number. */
export interface CandidateMove {
  kind:
    | 'ENROL'
    | 'JOIN'
    | 'CANCEL'
    | 'GIVE_UP'
    | 'PAY'
    | 'LAPSE'
    | 'DELETE_REGISTRATION'
    | 'BLACKLIST'
    | 'TAKE_OFF_BLACKLIST';
  who: number;
}
export type Move =
  | CandidateMove
  | { kind: 'RESIZE'; capacity: number }
  | { kind: 'OPEN' | 'SHUT' | 'ALLOCATE' | 'SWEEP' | 'CLOSE' };

export type EntryState = 'WAITING' | 'ALLOCATED' | 'CANCELLED' | 'FAILED' | 'CLOSED';

/**
 * One venue and its queue as the requirements tell it (R-WE-1, R-WE-4, R-WL-1 to 8), with lists and sets and no
 * thought of databases. Each candidate also holds a subject of another level elsewhere, so that this one may be given
 * up. Whoever deletes the registration is gone, and a newcomer stands at the door instead.
 */
export class QueueModel {
  /** Candidates, by number: the first ones, then the newcomers. */
  readonly holding = new Map<number, 'UNPAID' | 'PAID'>();
  /** Every entry there ever was, in the order of joining. */
  readonly entries: { who: number; state: EntryState }[] = [];
  private readonly blacklisted = new Set<number>();
  /** Who has ever paid for anything keeps the registration. */
  private readonly hasPaid = new Set<number>();
  private readonly atTheDoor: number[];
  private known: number;
  private open = true;

  constructor(
    public capacity: number,
    size: number,
  ) {
    this.atTheDoor = Array.from({ length: size }, (_, i) => i);
    this.known = size;
  }

  get queue(): number[] {
    return this.entries.filter(({ state }) => state === 'WAITING').map(({ who }) => who);
  }
  get taken(): number {
    return this.holding.size;
  }

  /** Makes the move; undefined when it makes no sense now, and nobody can try it. */
  make(move: Move): Answer | undefined {
    if ('who' in move) return this.makeAsCandidate(move.kind, move.who);
    switch (move.kind) {
      case 'RESIZE':
        return this.resize(move.capacity);
      case 'OPEN':
        return this.setOpen(true);
      case 'SHUT':
        return this.setOpen(false);
      case 'ALLOCATE':
      case 'SWEEP':
        return this.allocate();
      case 'CLOSE':
        return this.close();
    }
  }

  private makeAsCandidate(kind: CandidateMove['kind'], door: number): Answer | undefined {
    const who = this.atTheDoor[door]!;
    switch (kind) {
      case 'ENROL':
        return this.enrol(who);
      case 'JOIN':
        return this.join(who);
      case 'CANCEL':
        return this.cancel(who);
      case 'GIVE_UP':
        return this.giveUp(who);
      case 'PAY':
        return this.pay(who);
      case 'LAPSE':
        return this.holding.get(who) === 'UNPAID' && this.holding.delete(who) ? 'YES' : undefined;
      case 'DELETE_REGISTRATION':
        return this.deleteRegistration(who, door);
      case 'BLACKLIST':
        return this.blacklist(who);
      case 'TAKE_OFF_BLACKLIST':
        return this.blacklisted.delete(who) ? 'YES' : undefined;
    }
  }

  private enrol(who: number): Answer {
    const refusal = this.refusalOfChoosing(who);
    if (refusal) return refusal;
    if (this.queue.length > 0) return 'QUEUE_AHEAD';
    if (this.taken >= this.capacity) return 'SEATS_FULL';
    this.holding.set(who, 'UNPAID');
    return 'YES';
  }

  private join(who: number): Answer {
    const refusal = this.refusalOfChoosing(who);
    if (refusal) return refusal;
    if (this.taken < this.capacity && this.queue.length === 0) return 'SEATS_AVAILABLE';
    this.entries.push({ who, state: 'WAITING' });
    return 'YES';
  }

  private cancel(who: number): Answer | undefined {
    const last = this.entries.findLast((entry) => entry.who === who);
    if (!last) return undefined;
    if (last.state !== 'WAITING') return 'ENTRY_NOT_WAITING';
    last.state = 'CANCELLED';
    return 'YES';
  }

  private giveUp(who: number): Answer | undefined {
    const state = this.holding.get(who);
    if (!state) return undefined;
    if (state === 'PAID') return 'ENROLMENT_PAID';
    if (!this.open) return 'WINDOW_NOT_OPEN';
    this.holding.delete(who);
    return 'YES';
  }

  private pay(who: number): Answer | undefined {
    if (this.holding.get(who) !== 'UNPAID') return undefined;
    this.holding.set(who, 'PAID');
    this.hasPaid.add(who);
    return 'YES';
  }

  private deleteRegistration(who: number, door: number): Answer {
    if (this.hasPaid.has(who)) return 'HAS_PAID_ENROLMENT';
    this.atTheDoor[door] = this.known++;
    this.holding.delete(who);
    const waiting = this.entries.find((entry) => entry.who === who && entry.state === 'WAITING');
    if (waiting) waiting.state = 'CANCELLED';
    return 'YES';
  }

  private blacklist(who: number): Answer | undefined {
    if (this.blacklisted.has(who)) return undefined;
    this.blacklisted.add(who);
    return 'YES';
  }

  private resize(capacity: number): Answer {
    if (capacity < this.taken) return 'NO';
    this.capacity = capacity;
    return 'YES';
  }

  private setOpen(open: boolean): Answer | undefined {
    if (this.open === open) return undefined;
    this.open = open;
    return 'YES';
  }

  private allocate(): Answer {
    if (!this.open) return 'YES';
    for (const entry of this.entries) {
      if (this.taken >= this.capacity) break;
      if (entry.state !== 'WAITING') continue;
      entry.state = this.blacklisted.has(entry.who) ? 'FAILED' : 'ALLOCATED';
      if (entry.state === 'ALLOCATED') this.holding.set(entry.who, 'UNPAID');
    }
    return 'YES';
  }

  private close(): Answer {
    if (!this.open) for (const entry of this.entries) if (entry.state === 'WAITING') entry.state = 'CLOSED';
    return 'YES';
  }

  private refusalOfChoosing(who: number): string | undefined {
    if (this.blacklisted.has(who)) return 'NOT_QUALIFIED';
    if (!this.open) return 'WINDOW_NOT_OPEN';
    if (this.holding.has(who) || this.queue.includes(who)) return 'LEVEL_CONFLICT';
    return undefined;
  }
}
