/**
 * Every job there is, and how often the schedule runs it (cron, six fields, Asia/Shanghai). A job carries ids at
 * most; it may be lost, doubled, late, or run on any machine (design.md, fact 2).
 */
export const JOBS = {
  /** R-WE-6: unpaid enrolments past their deadline */
  'enrolment.lapse': { cron: '0 * * * * *' },
  /** R-QU-7: registrations that have stayed empty */
  'registration.delete-empty': { cron: '20 * * * * *' },
  /** R-WL-3: hand a venue's free seats to its queue; without a venue, every venue that has both */
  'waitlist.allocate': { cron: '40 * * * * *' },
  /** R-WL-8: queues of closed windows */
  'waitlist.close': { cron: '50 * * * * *' },
  /** R-PA-5: ask the platform about orders that are still open */
  'payment.ask-platform': { cron: '30 */5 * * * *' },
  /** The sandbox platform's late messages; where that is off (`SANDBOX_PAY`) there are none */
  'payment.sandbox-notify': { cron: '*/5 * * * * *', mayBeMissing: true },
  /** R-PP-7: lists of students that their school enrols */
  'collective-registration.work-off': { cron: '25 * * * * *' },
  /** R-PA-9: what approved transfers pay for */
  'payment.settle-batches': { cron: '35 * * * * *' },
  /** R-CR-6: what schools decided ten seconds ago; as often as people would notice that it is late */
  'cet6-review.make-final': { cron: '*/2 * * * * *' },
  /** Messages waiting in the outbox */
  'outbox.send': { cron: '*/15 * * * * *' },
  /** R-JB-1: do seat counts equal the rows? */
  'seats.verify': { cron: '0 30 3 * * *' },
  /** Ended sessions, used challenges and codes, stored answers */
  'passport.forget-expired': { cron: '0 10 * * * *' },
} as const satisfies Record<string, { cron: string; mayBeMissing?: true }>;

export type JobName = keyof typeof JOBS;
export const JOB_NAMES = Object.keys(JOBS) as JobName[];

/** The jobs of parts that can be switched off. */
export const JOBS_THAT_MAY_BE_MISSING: readonly string[] = JOB_NAMES.filter(
  (name) => 'mayBeMissing' in JOBS[name],
);

/** What a job carries: ids, nothing else. */
export type JobData = Readonly<Record<string, string>>;
