import { Global, Injectable, Module, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { Clock } from '../../../src/kernel/clock.js';
import { NotificationModule, notificationEntities } from '../../../src/modules/notification/index.js';
import { PassportModule, passportEntities } from '../../../src/modules/passport/index.js';
import { Config } from '../../../src/platform/config.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import { configureHttp } from '../../../src/platform/http/configure.js';
import { HttpModule } from '../../../src/platform/http/http.module.js';
import { makeLogger, NestLogger } from '../../../src/platform/http/logging.js';
import { StoredAnswer } from '../../../src/platform/http/stored-answer.entity.js';
import { JobHandlers } from '../../../src/platform/queue/job-handlers.js';
import { JOB_NAMES, type JobName } from '../../../src/platform/queue/job-names.js';
import { QueueModule } from '../../../src/platform/queue/queue.module.js';
import { StoryClock } from '../../support/clock.js';
import { openTestDatabase } from '../../support/engine.js';

/** Jobs of modules that are not here: boot refuses a job without a handler. */
@Injectable()
class OtherJobs {
  constructor(handlers: JobHandlers) {
    const here: JobName[] = ['outbox.send', 'passport.forget-expired'];
    for (const name of JOB_NAMES) if (!here.includes(name)) handlers.handle(name, async () => undefined);
  }
}

export async function boot({
  controllers = [],
  settings = {},
}: {
  controllers?: Type[];
  settings?: Partial<Config>;
} = {}) {
  // one proxy is trusted, so that a test can call from several addresses
  const { config, drop } = await openTestDatabase({ trustProxy: 1, ...settings });
  const clock = new StoryClock();

  @Global()
  @Module({
    providers: [
      { provide: Config, useValue: config },
      { provide: Clock, useValue: clock },
    ],
    exports: [Config, Clock],
  })
  class SettingsModule {}

  const logger = makeLogger(config);
  const testing = await Test.createTestingModule({
    imports: [
      SettingsModule,
      DatabaseModule.register(config, [...notificationEntities, ...passportEntities, StoredAnswer]),
      HttpModule,
      QueueModule.register(config, { schedule: false }),
      NotificationModule,
      PassportModule,
    ],
    controllers,
    providers: [OtherJobs],
  }).compile();
  const app = testing.createNestApplication<NestExpressApplication>({
    bodyParser: false,
    logger: new NestLogger(logger),
  });
  await app.get(DataSource).runMigrations();
  await configureHttp(app, logger);
  await app.init();
  const close = async () => {
    await app.close();
    await drop();
  };
  return { app, clock, config, close };
}
