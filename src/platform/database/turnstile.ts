/** Thrown when a statement waited too long for the transaction before it; answered as 503. */
export class DatabaseBusyError extends Error {
  readonly code = 'SQLITE_BUSY';
}

/** First in, first out; a waiter that waited too long gives up its place. */
export class Turnstile {
  private taken = false;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly patienceMs: number) {}

  /** @throws DatabaseBusyError */
  async enter(): Promise<void> {
    if (!this.taken) {
      this.taken = true;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const letIn = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(letIn), 1);
        reject(new DatabaseBusyError(`Waited ${this.patienceMs} ms for the transaction before this one.`));
      }, this.patienceMs);
      this.waiting.push(letIn);
    });
  }

  leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.taken = false;
  }
}
