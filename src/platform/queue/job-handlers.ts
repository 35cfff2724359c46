import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { JOB_NAMES, JOBS_THAT_MAY_BE_MISSING, type JobData, type JobName } from './job-names.js';

export type JobHandler = (data: JobData) => Promise<unknown>;

/** Which use-case does which job. A module's `*.jobs.ts` adds its own at construction; boot refuses a job without one. */
@Injectable()
export class JobHandlers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(JobHandlers.name);
  private readonly handlers = new Map<JobName, JobHandler>();
  private readonly running = new Set<Promise<unknown>>();
  /** Wake-ups under way, and of each whether it came again meanwhile. */
  private readonly awake = new Map<string, { again: boolean }>();
  private closing = false;

  /** @throws Error if the job has a handler already */
  handle(name: JobName, handler: JobHandler): void {
    if (this.handlers.has(name)) throw new Error(`The job ${name} has two handlers.`);
    this.handlers.set(name, handler);
  }

  /** Is there such a job in this installation? */
  has(name: JobName): boolean {
    return this.handlers.has(name);
  }

  onApplicationBootstrap(): void {
    const without = JOB_NAMES.filter((name) => !this.handlers.has(name) && !mayBeMissing(name));
    if (without.length > 0) throw new Error(`No handler for the jobs ${without.join(', ')}.`);
  }

  /**
   * Runs a job for a queue. One that is under way here is not run beside itself, where the two would only wait for each
   * other's locks and keep other jobs from their turn: it runs once more afterwards, however often it came.
   */
  async wake(name: JobName, data: JobData): Promise<void> {
    const key = `${name} ${JSON.stringify(data)}`;
    const underWay = this.awake.get(key);
    if (underWay) {
      underWay.again = true;
      return;
    }
    const mine = { again: true };
    this.awake.set(key, mine);
    try {
      while (mine.again) {
        mine.again = false;
        await this.run(name, data);
      }
    } finally {
      this.awake.delete(key);
    }
  }

  /** Runs a job and gives its result; a failure is logged and thrown on, so that a queue can try again. */
  async run(name: JobName, data: JobData = {}): Promise<unknown> {
    const handler = this.handlers.get(name);
    // left in a queue from when its part was on
    if (!handler && mayBeMissing(name)) return undefined;
    if (!handler) throw new Error(`No handler for the job ${name}.`);
    if (this.closing)
      throw new Error(`The process is closing; ${name} is left to another one, or to the next start.`);
    const work = handler(data);
    this.running.add(work);
    try {
      return await work;
    } catch (error) {
      this.logger.error(`The job ${name} failed.`, error instanceof Error ? error.stack : String(error));
      throw error;
    } finally {
      this.running.delete(work);
    }
  }

  /** Jobs under way finish and no more begin. Before the shutdown proper, which closes the database first of all. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    await Promise.allSettled(this.running);
  }
}

function mayBeMissing(name: JobName): boolean {
  return JOBS_THAT_MAY_BE_MISSING.includes(name);
}
