import type { Fault, ImportFault } from './fault.js';

/** As many faults as a person can use; the others are counted. */
const KEPT = 1000;

/** The faults of a file, in the order of its lines. */
export class FaultList {
  readonly kept: ImportFault[] = [];
  count = 0;

  add(line: number, { code, message }: Fault, column?: string): void {
    this.count++;
    if (this.kept.length < KEPT) this.kept.push({ line, ...(column ? { column } : {}), code, message });
  }
}
