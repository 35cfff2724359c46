import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Config } from '../config.js';

/** Document numbers, phone numbers and e-mail addresses, wherever they turn up in a line; values a database quotes. */
const PERSONAL = [
  [/\b\d{17}[\dXx]\b/g, '[document]'],
  [/\b1\d{10}\b/g, '[phone]'],
  [/[\w.+@-]+/g, (run: string) => (isAddress(run) ? '[e-mail]' : run)],
  [/(Duplicate entry|value:) '.*/g, withoutValue],
] as const;

/** A text without what identifies a person. */
export function withoutPersonalData(text: string): string {
  return PERSONAL.reduce((cleaned, [pattern, word]) => cleaned.replace(pattern, word as string), text);
}

function isAddress(run: string): boolean {
  const at = run.indexOf('@');
  return at > 0 && run.includes('.', at + 2);
}

/** `Duplicate entry '…' for key 'name'`: the value may hold quotes, so it ends at the last that can be its own. */
function withoutValue(rest: string, saidBefore: string): string {
  const end = Math.max(rest.lastIndexOf("' for key"), rest.lastIndexOf("' for column"));
  return `${saidBefore} '[value]'${end < 0 ? '' : rest.slice(end + 1)}`;
}

/** JSON lines on standard output, or elsewhere. */
export function makeLogger(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
  const options = {
    level: config.logLevel,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** One line a request: who answered what, how fast. Never bodies, headers, queries or tokens. */
export function requestLogging(logger: Logger) {
  return pinoHttp({
    logger,
    genReqId: () => randomUUID(),
    serializers: {
      req: (req: { id: string; method: string; url: string }) => ({
        id: req.id,
        method: req.method,
        path: withoutPersonalData(req.url.split('?')[0]!),
      }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
      err: (error: Error) => ({ name: error.name, stack: withoutPersonalData(error.stack ?? '') }),
    },
    customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'error' : 'info'),
    autoLogging: {
      ignore: (req) => req.url === '/healthz' || req.url === '/readyz' || req.url === '/metrics',
    },
  });
}

/** Nest tells every module and route at start; that is for whoever looks for a fault. */
const STARTING_UP = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Nest's own log lines through the same writer. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.write(STARTING_UP.has(context ?? '') ? 'debug' : 'info', message, context);
  }
  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error(
      { context, stack: stack && withoutPersonalData(stack) },
      withoutPersonalData(String(message)),
    );
  }
  warn(message: unknown, context?: string): void {
    this.write('warn', message, context);
  }
  debug(message: unknown, context?: string): void {
    this.write('debug', message, context);
  }
  verbose(message: unknown, context?: string): void {
    this.write('trace', message, context);
  }

  private write(level: 'info' | 'warn' | 'debug' | 'trace', message: unknown, context?: string): void {
    this.logger[level]({ context }, withoutPersonalData(String(message)));
  }
}
