import { existsSync } from 'node:fs';
import { parentPort, Worker } from 'node:worker_threads';

/** What went wrong in a thread, as it comes out of it. */
export interface ThreadFault {
  readonly message: string;
  readonly code?: string;
  readonly rawCode?: number;
}

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/**
 * A thread that answers what it is asked, one question after the other. A process that has nothing else to do waits for
 * its answers, and not for an idle thread.
 */
export class Thread<Question extends object, Answer> {
  private readonly worker: Worker;
  private readonly ended: Promise<void>;
  private readonly waiting = new Map<number, Waiting<Answer>>();
  private asked = 0;
  private gone?: Error;

  /** @param code a module that calls `answerInThread`, or the text of a script that does the same */
  constructor(code: URL | string, workerData?: unknown) {
    this.worker = new Worker(code, { eval: typeof code === 'string', execArgv: [], workerData });
    this.worker.on('message', ({ id, answer, fault }) => this.answered(id, answer, fault));
    this.worker.on('error', (error) => this.end(error instanceof Error ? error : new Error(String(error))));
    this.ended = new Promise((resolve) => {
      this.worker.once('exit', () => {
        this.end(new Error('The thread has ended.'));
        resolve();
      });
    });
    this.worker.unref();
  }

  /** Is the module there as a thread loads it? It is not where the sources run as they are. */
  static canRun(module: URL): boolean {
    return existsSync(module);
  }

  /** Has it ended, by itself or because it was told to? It answers nothing any more. */
  get isGone(): boolean {
    return this.gone !== undefined;
  }

  /** How many questions have no answer yet. */
  get underWay(): number {
    return this.waiting.size;
  }

  /** @throws what is thrown in the thread: its message and codes */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.gone) return reject(this.gone);
      if (this.waiting.size === 0) this.worker.ref();
      const id = ++this.asked;
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, question });
    });
  }

  /** Ends it, once everything asked before is answered. */
  async close(): Promise<void> {
    if (this.gone) return;
    this.worker.ref();
    this.worker.postMessage({ close: true });
    await this.ended;
  }

  private answered(id: number, answer: Answer, fault?: ThreadFault): void {
    const { resolve, reject } = this.waiting.get(id)!;
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.worker.unref();
    if (fault) reject(Object.assign(new Error(fault.message), { code: fault.code, rawCode: fault.rawCode }));
    else resolve(answer);
  }

  private end(error: Error): void {
    this.gone ??= error;
    for (const { reject } of this.waiting.values()) reject(this.gone);
    this.waiting.clear();
  }
}

/** The other side, in the module that a thread runs: what it does with a question. */
export function answerInThread<Question, Answer>(work: (question: Question) => Promise<Answer>): void {
  let last: Promise<void> = Promise.resolve();
  parentPort!.on('message', ({ id, question, close }: { id: number; question: Question; close?: true }) => {
    last = last.then(async () => {
      if (close) return parentPort!.close();
      try {
        parentPort!.postMessage({ id, answer: await work(question) });
      } catch (error) {
        parentPort!.postMessage({ id, fault: { message: (error as Error).message } });
      }
    });
  });
}
