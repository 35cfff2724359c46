import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import type { JobData, JobName } from '../queue/job-names.js';
import { JobQueue } from '../queue/job-queue.js';
import { inBulk, inOneMoment, isConflict } from './dialect.js';

/** A way to read, and the moment it happens at. */
export interface Reader {
  readonly manager: EntityManager;
  /** The unit of work's one reading of the clock. */
  readonly now: Date;
}

/** One transaction. Only `UnitOfWork` makes one, so a function that asks for a `Tx` cannot be called outside. */
export class Tx implements Reader {
  private readonly wakeUps = new Map<string, { name: JobName; data: JobData }>();

  /** @internal */
  constructor(
    readonly manager: EntityManager,
    readonly now: Date,
  ) {}

  /**
   * Adds a job once the transaction has committed, once if asked for twice; none if it rolls back. A lost job is made
   * up for by the schedule.
   */
  wake(name: JobName, data: JobData = {}): void {
    this.wakeUps.set(JSON.stringify([name, data]), { name, data });
  }

  /** @internal */
  get pendingWakeUps(): readonly { name: JobName; data: JobData }[] {
    return [...this.wakeUps.values()];
  }
}

const ATTEMPTS = 8;

/**
 * One unit of work, one transaction, one clock reading (design.md, fact 3). A deadlock or lock timeout runs the whole
 * closure again on a fresh transaction, so a closure must do nothing but database work.
 */
@Injectable()
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  /** Runs `work` in a transaction and, after its commit, adds the jobs it asked for. */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.untilNobodyIsInTheWay(() => this.once(work));
  }

  /**
   * `run` for very many rows: `prepare` reads, and hands rows to `insertAll` and `insertOrUpdate`, without keeping others
   * from writing; then all of them are stored with what `finish` adds, or nothing is.
   */
  runInBulk<T>(prepare: (tx: Tx) => Promise<T>, finish: (tx: Tx, prepared: T) => Promise<void>): Promise<T> {
    return this.untilNobodyIsInTheWay(() => this.onceInBulk(prepare, finish));
  }

  private async untilNobodyIsInTheWay<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!isConflict(error) || attempt === ATTEMPTS) throw error;
        // random, so that the two that met do not meet again
        await sleep(Math.random() * 10 * 2 ** Math.min(attempt, 6));
      }
    }
  }

  /** For questions: committed rows, no transaction. */
  read(): Reader {
    return { manager: this.dataSource.manager, now: this.clock.now() };
  }

  /** For questions whose answers must be of one moment, however many statements they take; nobody waits for them. */
  readOneMoment<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return inOneMoment(this.dataSource, (manager) => work({ manager, now: this.clock.now() }));
  }

  private async once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    let committed: Tx | undefined;
    const result = await this.dataSource.transaction(async (manager) => {
      const tx = new Tx(manager, this.clock.now());
      const answer = await work(tx);
      committed = tx;
      return answer;
    });
    await this.wakeAll(committed?.pendingWakeUps ?? []);
    return result;
  }

  private async onceInBulk<T>(
    prepare: (tx: Tx) => Promise<T>,
    finish: (tx: Tx, prepared: T) => Promise<void>,
  ): Promise<T> {
    const now = this.clock.now();
    const parts: Tx[] = [];
    const part = (manager: EntityManager) => {
      const tx = new Tx(manager, now);
      parts.push(tx);
      return tx;
    };
    const result = await inBulk(
      this.dataSource,
      (manager) => prepare(part(manager)),
      (manager, prepared) => finish(part(manager), prepared),
    );
    await this.wakeAll(parts.flatMap((tx) => tx.pendingWakeUps));
    return result;
  }

  /** At once: where the queue is away, each takes seconds to fail. */
  private async wakeAll(wakeUps: Tx['pendingWakeUps']): Promise<void> {
    await Promise.all(wakeUps.map(({ name, data }) => this.wakeUp(name, data)));
  }

  /** The work is done and committed; failing to wake somebody must not make it look undone. */
  private async wakeUp(name: JobName, data: JobData): Promise<void> {
    try {
      await this.queue.add(name, data);
    } catch (error) {
      this.logger.warn(`The wake-up ${name} was lost; the schedule will make up for it. ${String(error)}`);
    }
  }
}
