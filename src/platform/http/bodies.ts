import type { NestExpressApplication } from '@nestjs/platform-express';
import { json, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { MOST_BYTES, sendsBody } from './body-bounds.js';
import { sendProblem } from './problem.js';
import { MALFORMED_REQUEST } from './refusals.js';

/** More than any body of ours; what walks through one, level by level on the stack, must come to an end. */
const DEEPEST = 10;
/** Of one object: our longest form has twenty. class-transformer compares the names of fields each with each. */
const MOST_FIELDS = 60;

/**
 * Bodies of at most 100 kB, as JSON. A payment platform's message stays the bytes it came as, because those are what
 * is signed; the page of the sandbox platform sends a form, and nothing else may: a foreign page can send forms too.
 */
export function takeBodies(app: NestExpressApplication): void {
  app.useBodyParser('raw', { limit: MOST_BYTES, type: isPaymentMessage });
  app.useBodyParser('json', { limit: MOST_BYTES });
  app.useBodyParser('urlencoded', { limit: MOST_BYTES, extended: false, type: isSandboxForm });
  app.use(refuseUnreadable);
}

/** The same for a door that stands before the others; JSON only. */
export const takeJson: RequestHandler = (request, response, next) =>
  parseJson(request, response, (error?: unknown) =>
    error ? next(error) : refuseUnreadable(request, response, next),
  );
const parseJson = json({ limit: MOST_BYTES });

const WITH_BODIES = ['POST', 'PUT', 'PATCH'];

/** A body that no parser took is of a kind nobody here reads. */
function refuseUnreadable(request: Request, response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  if (body === undefined ? WITH_BODIES.includes(request.method) && sendsBody(request) : isTooDeepOrWide(body))
    sendProblem(request, response, MALFORMED_REQUEST());
  else next();
}

/** Is it more than any input of ours, wherever it stands? */
export function isTooDeepOrWide(body: unknown): boolean {
  if (Buffer.isBuffer(body)) return false;
  let level = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST || level.some(hasTooManyFields)) return true;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}

function hasTooManyFields(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length > MOST_FIELDS
  );
}

function isPaymentMessage({ url }: { url?: string }): boolean {
  return url?.startsWith('/api/v1/payment/notifications/') ?? false;
}

function isSandboxForm({ url, headers }: { url?: string; headers: Request['headers'] }): boolean {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
  return isForm && (url?.startsWith('/sandbox-pay/') ?? false);
}
