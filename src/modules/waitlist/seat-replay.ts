import type { SeatLedgerLine } from '../sitting/index.js';

/** One thing that is not as the ledger says it must be. */
export interface SeatFault {
  venueId: string;
  /** The ledger line that shows it; none where rows and ledger do not agree in the end. */
  sequence?: number;
  fault: string;
}

/**
 * Replays one venue's ledger, line by line, trusting nothing but the lines: counts follow from the moves, never above
 * capacity, nobody claims past a queue, every seat handed out goes to the head of the queue as it then stood, and only
 * who holds a seat gives one back.
 */
export class SeatReplay {
  readonly faults: SeatFault[] = [];
  taken = 0;
  waiting = 0;
  /** Of the last line. */
  sequence = 0;
  /** After the last line; undefined while there is none. */
  capacity?: number;
  private readonly queue = new Set<string>();
  private readonly holding = new Set<string>();
  private readonly served = new Set<string>();
  private readonly gone = new Set<string>();

  /** `enrolmentOf`: which enrolment a waitlist entry became, for seats that are given back after an allocation. */
  constructor(
    private readonly venueId: string,
    private readonly enrolmentOf: ReadonlyMap<string, string> = new Map(),
  ) {}

  /** Entries that wait after the last line, first in line first. */
  get stillWaiting(): string[] {
    return [...this.queue];
  }
  /** Enrolments that hold a seat after the last line. */
  get holders(): ReadonlySet<string> {
    return this.holding;
  }
  /** Entries that were given a seat. */
  get allocated(): ReadonlySet<string> {
    return this.served;
  }
  /** Entries that left the queue without one. */
  get left(): ReadonlySet<string> {
    return this.gone;
  }

  add(line: SeatLedgerLine): void {
    if (line.sequence !== this.sequence + 1)
      this.fault(line, `sequence ${line.sequence} follows ${this.sequence}`);
    this.sequence = line.sequence;
    this.capacity ??= line.capacity;
    this.play(line, this.capacity);
    if (line.move !== 'RESIZE' && line.capacity !== this.capacity)
      this.fault(line, 'capacity changed without RESIZE');
    this.capacity = line.capacity;
    if (line.taken !== this.taken || line.waiting !== this.waiting) {
      this.fault(line, `counts ${line.taken}/${line.waiting}, replayed ${this.taken}/${this.waiting}`);
    }
    if (line.taken > line.capacity) this.fault(line, `${line.taken} taken of ${line.capacity}`);
    if (line.taken < 0 || line.waiting < 0) this.fault(line, 'a count below zero');
  }

  private play(line: SeatLedgerLine, capacity: number): void {
    const holder = line.holderId ?? '';
    switch (line.move) {
      case 'CLAIM':
        if (this.waiting > 0) this.fault(line, 'a claim passed those who wait');
        if (this.taken >= capacity) this.fault(line, 'a claim without a free seat');
        this.takeSeat(line, holder);
        break;
      case 'JOIN':
        if (this.taken < capacity && this.waiting === 0) this.fault(line, 'queued though a seat was free');
        if (this.queue.has(holder)) this.fault(line, 'queued twice');
        this.queue.add(holder);
        this.waiting++;
        break;
      case 'ALLOCATE':
        if (this.queue.values().next().value !== holder)
          this.fault(line, 'the seat did not go to the first in line');
        this.queue.delete(holder);
        this.served.add(holder);
        this.waiting--;
        this.takeSeat(line, this.enrolmentOf.get(holder) ?? holder);
        break;
      case 'LEAVE':
        if (!this.queue.delete(holder)) this.fault(line, 'left a queue it was not in');
        this.gone.add(holder);
        this.waiting--;
        break;
      case 'RELEASE':
        if (!this.holding.delete(holder)) this.fault(line, 'gave back a seat it did not hold');
        this.taken--;
        break;
      case 'RESIZE':
        break;
    }
  }

  private takeSeat(line: SeatLedgerLine, enrolmentId: string): void {
    if (this.holding.has(enrolmentId)) this.fault(line, 'took a second seat');
    this.holding.add(enrolmentId);
    this.taken++;
  }

  private fault(line: SeatLedgerLine, fault: string): void {
    this.faults.push({ venueId: this.venueId, sequence: line.sequence, fault: `${line.move}: ${fault}` });
  }
}
