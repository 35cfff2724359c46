import { Global, Module, type Type } from '@nestjs/common';
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
import { JobQueue } from '../../../src/platform/queue/job-queue.js';
import { StoryClock } from '../../support/clock.js';
import { openTestDatabase } from '../../support/engine.js';

/** Takes every wake-up and does nothing. */
class DeafQueue extends JobQueue {
  async add(): Promise<void> {}
  async check(): Promise<void> {}
}

/** The door as the application has it, with controllers of the test's own behind it, and what it logs. */
export async function openSmallApp(controllers: Type[]) {
  const database = await openTestDatabase();
  await migrate(database.config);
  const clock = new StoryClock();

  @Global()
  @Module({
    providers: [
      { provide: Config, useValue: database.config },
      { provide: Clock, useValue: clock },
      { provide: JobQueue, useClass: DeafQueue },
    ],
    exports: [Config, Clock, JobQueue],
  })
  class Surroundings {}

  const module = await Test.createTestingModule({
    imports: [Surroundings, DatabaseModule.register(database.config, [StoredAnswer]), HttpModule],
    controllers,
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
