import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../../src/app.module.js';
import { Config } from '../../src/platform/config.js';
import { configureHttp } from '../../src/platform/http/configure.js';
import { makeLogger, NestLogger } from '../../src/platform/http/logging.js';
import { JobHandlers } from '../../src/platform/queue/job-handlers.js';
import type { JobName } from '../../src/platform/queue/job-names.js';

/** The application as a process of its own, that somebody will kill: tells its address, and runs the jobs it is told. */
const config = new Config(JSON.parse(process.argv[2]!));
const logger = makeLogger(config);
const backOffice = process.argv[3] === 'back-office' ? await import('../../src/admin/index.js') : undefined;
const app = await NestFactory.create<NestExpressApplication>(
  AppModule.register(config, { schedule: false, backOffice: backOffice?.AdminPanelModule }),
  {
    logger: new NestLogger(logger),
    bodyParser: false,
  },
);
await configureHttp(app, logger, backOffice?.mountAdminPanel);
await app.listen(0, '127.0.0.1');
process.on('message', (job: JobName) => {
  void app
    .get(JobHandlers)
    .run(job, {})
    .then((result) => process.send!({ result }));
});
// nobody is left to kill it
process.on('disconnect', () => process.exit());
process.send!({ url: await app.getUrl() });
