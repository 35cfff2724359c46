import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DataSource } from 'typeorm';
import { anybodyPaysForFree, Config } from '../config.js';
import { JobQueue } from '../queue/job-queue.js';
import { Metrics } from './metrics.js';
import { mayReadFigures } from './metrics-door.js';
import { NO_SUCH_CALL } from './refusals.js';

type Check = 'ok' | 'failed';

/** For whoever runs it: alive, ready, figures. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: JobQueue,
    private readonly metrics: Metrics,
    private readonly config: Config,
  ) {}

  /** The process answers. */
  @Get('healthz')
  alive() {
    return { status: 'ok' };
  }

  /** Database, migrations and queue: is it right to send requests here? 503 with the failed check when not. */
  @Get('readyz')
  async ready(@Res({ passthrough: true }) response: Response) {
    const [database, migrations, queue] = await Promise.all([
      outcome(() => this.dataSource.query('SELECT 1')),
      outcome(async () => {
        if (await this.dataSource.showMigrations()) throw new Error('There are migrations to run.');
      }),
      outcome(() => this.queue.check()),
    ]);
    const checks = { database, migrations, queue };
    const ready = Object.values(checks).every((check) => check === 'ok');
    response.status(ready ? 200 : 503);
    return { status: ready ? 'ok' : 'failed', checks, ...this.details() };
  }

  /** What whoever looks here must know. Other doubts about the settings are in the log: this page is open to everybody. */
  private details(): { details?: string[] } {
    return anybodyPaysForFree(this.config)
      ? { details: ['SANDBOX_PAY is on beside DATABASE_URL: anybody can make any order paid without money.'] }
      : {};
  }

  /** @throws NO_SUCH_CALL for whoever may not read them */
  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4')
  figures(@Req() request: Request): Promise<string> {
    if (!mayReadFigures(request, this.config)) throw NO_SUCH_CALL();
    return this.metrics.registry.metrics();
  }
}

async function outcome(check: () => Promise<unknown>): Promise<Check> {
  try {
    await check();
    return 'ok';
  } catch {
    return 'failed';
  }
}
