import type { JobData, JobName } from './job-names.js';

/** Where wake-ups go: the process itself, or Bull on Redis. Rejects, within seconds, when it cannot take the job. */
export abstract class JobQueue {
  abstract add(name: JobName, data: JobData): Promise<void>;
  /** For `/readyz`: rejects when jobs cannot be taken. */
  abstract check(): Promise<void>;
}
