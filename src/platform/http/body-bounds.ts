import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { sendProblem } from './problem.js';
import { BODY_TOO_LARGE } from './refusals.js';

/** The longest body that is no file. */
export const MOST_BYTES = 100 * 1024;

/** How long, in ms, anybody waits for a body. */
export interface Patience {
  /** For the whole of one that is no file. */
  readonly wholeMs: number;
  /** For what still comes of one that has been answered: so long it goes nowhere, then the connection ends. */
  readonly unwantedMs: number;
}
const PATIENCE: Patience = { wholeMs: 30_000, unwantedMs: 30_000 };

/**
 * Stands before whatever reads bodies: what says that it is too long is refused unread, what comes too slowly ends with
 * its connection, and nobody sends on for ever what nobody reads. A file's length is bounded where it is taken.
 */
export function boundBodies({ wholeMs, unwantedMs }: Patience = PATIENCE): RequestHandler {
  return (request, response, next) => {
    if (!sendsBody(request)) return next();
    const cutAfter = (ms: number) => {
      const timer = setTimeout(() => request.complete || request.socket.destroy(), ms).unref();
      request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
    };
    response.once('finish', () => request.complete || cutAfter(unwantedMs));
    if (isFile(request)) return next();
    if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES)
      return sendProblem(request, response, BODY_TOO_LARGE());
    cutAfter(wholeMs);
    next();
  };
}

/** Whatever sends something here is told that nobody reads it, before a byte of it is read. */
export function takeNoBody(refuse: (request: Request, response: Response) => void): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) =>
    sendsBody(request) ? refuse(request, response) : next();
}

export function sendsBody({ headers }: Pick<Request, 'headers'>): boolean {
  return Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
}

/** Is the body a file, and nothing but a file? */
export function isFile(request: Request): boolean {
  return request.is('application/octet-stream') === 'application/octet-stream';
}
