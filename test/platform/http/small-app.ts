import { Global, Injectable, Module, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { pino } from 'pino';
import request from 'supertest';
import { Clock } from '../../../src/kernel/clock.js';
import { Config } from '../../../src/platform/config.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import { migrate } from '../../../src/platform/database/migrate.js';
import { configureHttp } from '../../../src/platform/http/configure.js';
import { HttpModule } from '../../../src/platform/http/http.module.js';
import { NestLogger } from '../../../src/platform/http/logging.js';
import { StoredAnswer } from '../../../src/platform/http/stored-answer.entity.js';
import { JobHandlers } from '../../../src/platform/queue/job-handlers.js';
import { JOB_NAMES, type JobData, type JobName } from '../../../src/platform/queue/job-names.js';
import { JobQueue } from '../../../src/platform/queue/job-queue.js';
import { QueueModule } from '../../../src/platform/queue/queue.module.js';
import { StoryClock } from '../../support/clock.js';
import { openTestDatabase } from '../../support/engine.js';

/** Takes every wake-up and does nothing. */
class DeafQueue extends JobQueue {
  async add(): Promise<void> {}
  async check(): Promise<void> {}
}

/** A handler for every job, that notes what it was asked to do. */
@Injectable()
export class NotingJobs {
  readonly done: string[] = [];
  /** What the handlers do besides; a test may put its own here. */
  work: (name: JobName, data: JobData) => Promise<unknown> = async () => undefined;

  constructor(handlers: JobHandlers) {
    for (const name of JOB_NAMES) {
      handlers.handle(name, async (data) => {
        this.done.push([name, ...Object.values(data)].join(' '));
        return this.work(name, data);
      });
    }
  }
}

/**
 * The door as the application has it, with controllers of the test's own behind it, and what it logs. The queue takes
 * every wake-up and does nothing, unless it is to be the real one.
 */
export async function openSmallApp(
  controllers: Type[],
  { realQueue = false, settings = {} as Partial<Config> } = {},
) {
  const database = await openTestDatabase(settings);
  await migrate(database.config);
  const clock = new StoryClock();

  @Global()
  @Module({
    providers: [
      { provide: Config, useValue: database.config },
      { provide: Clock, useValue: clock },
      ...(realQueue ? [] : [{ provide: JobQueue, useClass: DeafQueue }]),
    ],
    exports: [Config, Clock, ...(realQueue ? [] : [JobQueue])],
  })
  class Surroundings {}

  const module = await Test.createTestingModule({
    imports: [
      Surroundings,
      DatabaseModule.register(database.config, [StoredAnswer]),
      HttpModule,
      ...(realQueue ? [QueueModule.register(database.config, { schedule: false })] : []),
    ],
    controllers,
    providers: realQueue ? [NotingJobs] : [],
  }).compile();
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
  const app = module.createNestApplication<NestExpressApplication>({
    bodyParser: false,
    logger: new NestLogger(logger),
  });
  await configureHttp(app, logger);
  await app.listen(0, '127.0.0.1');
  return {
    app,
    clock,
    http: request(app.getHttpServer()),
    /** Everything logged so far, as one text. */
    logged: () => lines.join(''),
    async close() {
      await app.close();
      await database.drop();
    },
  };
}
