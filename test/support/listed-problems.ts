import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { type ApiCall, callFor, callsOf, documentOf } from './api-calls.js';

const faults: string[] = [];

/**
 * Watches every answer of the application, whoever asked: a test during which a call answers a problem that OpenAPI
 * does not list for it fails, and says which `@Refuses` is incomplete. To be called before `configureHttp`.
 */
export function everyProblemIsListed(app: NestExpressApplication): void {
  let calls: ApiCall[] | undefined;
  app.use((request: Request, response: Response, next: NextFunction) => {
    const { method, path } = request;
    const send = response.send.bind(response);
    response.send = (body: unknown) => {
      if (response.get('content-type')?.startsWith('application/problem+json')) {
        calls ??= callsOf(documentOf(app));
        const call = callFor(calls, { method, path });
        const fault = call && faultOf(call, JSON.parse(String(body)));
        if (fault) faults.push(fault);
      }
      return send(body);
    };
    next();
  });
}

/** What is wrong with a problem as the answer to this call. */
export function faultOf(call: ApiCall, problem: { status: number; code: string }): string | undefined {
  if (call.codes.get(problem.status)?.includes(problem.code)) return undefined;
  return `${call.name} answered ${problem.status} ${problem.code}, which its @Refuses does not list.`;
}

afterEach(() => {
  const found = [...new Set(faults.splice(0))];
  if (found.length > 0) throw new Error(found.join('\n'));
});
