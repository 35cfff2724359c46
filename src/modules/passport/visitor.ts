import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { networkOf } from '../../platform/http/network.js';

/** Somebody who has not signed in: all that is known is where they call from. */
export interface Visitor {
  /** As the proxies in front, as far as they are trusted, say it. */
  readonly address: string;
  /** What attempts from there are counted under (R-PP-8). */
  readonly network: string;
  readonly userAgent?: string;
  /** As it came; `Devices` reads it. */
  readonly cookies?: string;
}

/** The sender of a request, signed in or not. */
export const Sender = createParamDecorator((_: unknown, context: ExecutionContext): Visitor => {
  const request = context.switchToHttp().getRequest<Request>();
  const address = request.ip ?? 'unknown';
  const { 'user-agent': userAgent, cookie: cookies } = request.headers;
  return { address, network: networkOf(address), userAgent, cookies };
});
