import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Somebody who has not signed in: all that is known is where they call from. */
export interface Visitor {
  /** Network address; failed attempts are counted by it (R-PP-8). */
  readonly address: string;
  readonly userAgent?: string;
}

/** The sender of a request, signed in or not. */
export const Sender = createParamDecorator((_: unknown, context: ExecutionContext): Visitor => {
  const request = context.switchToHttp().getRequest<Request>();
  return { address: request.ip ?? 'unknown', userAgent: request.headers['user-agent'] };
});
