import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { Config, doubtsAbout } from '../config.js';
import { takeBodies } from './bodies.js';
import { boundBodies } from './body-bounds.js';
import { keptByNobody } from './caching.js';
import { requestLogging } from './logging.js';
import { Metrics } from './metrics.js';
import { MetricsServer } from './metrics-server.js';
import { serveOpenApi } from './openapi.js';
import { ProblemFilter } from './problem.filter.js';
import { sendProblem } from './problem.js';
import { NO_SUCH_CALL } from './refusals.js';
import { validation } from './validation.js';

/**
 * The door, in order: log, security headers, metrics, bounds of bodies; whatever `mounts` adds (the back office, which must
 * stand before the body parser); then bodies of at most 100 kB, the validation pipe and the problem filter. The routes stand when it
 * is done.
 */
export async function configureHttp(
  app: NestExpressApplication,
  logger: Logger,
  mounts: (app: NestExpressApplication) => Promise<void> = async () => undefined,
): Promise<void> {
  const config = app.get(Config);
  for (const doubt of doubtsAbout(config)) logger.warn(doubt);
  app.set('trust proxy', config.trustProxy);
  app.disable('x-powered-by');
  app.use(requestLogging(logger));
  app.use(
    helmet({
      // the default 'no-referrer' makes browsers send `Origin: null` on form posts
      referrerPolicy: { policy: 'same-origin' },
      // the default tells browsers to fetch everything by https: without https, our own pages would stay blank
      contentSecurityPolicy: {
        directives: { upgradeInsecureRequests: config.publicUrl.startsWith('https:') ? [] : null },
      },
    }),
  );
  app.use(keptByNobody);
  app.use(app.get(Metrics).observe);
  app.use(boundBodies());
  if (config.role === 'worker') app.use(onlyHealth);
  await mounts(app);
  takeBodies(app);
  app.setGlobalPrefix('api/v1', { exclude: ['/', 'healthz', 'readyz', 'metrics', 'sandbox-pay/*path'] });
  app.useGlobalPipes(validation);
  const problems = new ProblemFilter();
  app.useGlobalFilters(problems);
  serveOpenApi(app);
  app.enableShutdownHooks();
  await app.init();
  await app.get(MetricsServer).start();
  // Nest answers below the prefix; elsewhere Express would answer with a page of its own, stack and all
  app.use((request: Request, response: Response) => sendProblem(request, response, NO_SUCH_CALL()));
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) =>
    problems.answer(error, request, response),
  );
}

const HEALTH_PATHS = ['/healthz', '/readyz', '/metrics'];

/** A worker answers for its health and nothing else. */
function onlyHealth(request: Request, response: Response, next: NextFunction): void {
  if (HEALTH_PATHS.includes(request.path)) next();
  else sendProblem(request, response, NO_SUCH_CALL());
}
