import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { LoadDemo } from './demo/load-demo.use-case.js';
import { ConfigError, loadConfig } from './platform/config.js';
import { migrate } from './platform/database/migrate.js';
import { configureHttp } from './platform/http/configure.js';
import { makeLogger, NestLogger } from './platform/http/logging.js';

/** One process: API, back office, schedule and jobs, as `ROLE` says. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  await migrate(config);
  const logger = makeLogger(config);
  const backOffice = config.role === 'worker' ? undefined : await import('./admin/index.js');
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.register(config, { schedule: true, backOffice: backOffice?.AdminPanelModule, logger }),
    { logger: new NestLogger(logger), bodyParser: false },
  );
  await configureHttp(app, logger, backOffice?.mountAdminPanel);
  if (config.demo) await app.get(LoadDemo).execute();
  await app.listen(config.port);
  logger.info(
    `CET registration is at ${config.publicUrl} (${config.role}, ${config.databaseUrl ? 'MariaDB' : 'SQLite'})`,
  );
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
