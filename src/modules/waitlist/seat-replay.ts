import type { SeatLedgerLine } from '../sitting/index.js';

/** One thing that is not as the ledger says it must be. */
export interface SeatFault {
  venueId: string;
  sequence?: number;
  fault: string;
}

/**
 * Replays one venue's ledger, line by line, trusting nothing but the lines: counts follow from the moves, never above
 * capacity, nobody claims past a queue, and every seat handed out goes to the head of the queue as it then stood.
 */
export class SeatReplay {
  readonly faults: SeatFault[] = [];
  taken = 0;
  waiting = 0;
  private sequence = 0;
  private capacity?: number;
  private readonly queue = new Set<string>();

  constructor(private readonly venueId: string) {}

  /** Entries that wait after the last line, first in line first. */
  get stillWaiting(): string[] {
    return [...this.queue];
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
        this.taken++;
        break;
      case 'JOIN':
        if (this.taken < capacity && this.waiting === 0) this.fault(line, 'queued though a seat was free');
        this.queue.add(holder);
        this.waiting++;
        break;
      case 'ALLOCATE':
        if (this.queue.values().next().value !== holder)
          this.fault(line, 'the seat did not go to the first in line');
        this.queue.delete(holder);
        this.taken++;
        this.waiting--;
        break;
      case 'LEAVE':
        if (!this.queue.delete(holder)) this.fault(line, 'left a queue it was not in');
        this.waiting--;
        break;
      case 'RELEASE':
        this.taken--;
        break;
      case 'RESIZE':
        break;
    }
  }

  private fault(line: SeatLedgerLine, fault: string): void {
    this.faults.push({ venueId: this.venueId, sequence: line.sequence, fault: `${line.move}: ${fault}` });
  }
}
