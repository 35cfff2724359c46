import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError } from '../../kernel/domain-error.js';
import { isConflict, isConnectionLost } from '../database/dialect.js';
import { FieldFaultsError } from './field-faults.js';
import { sendProblem } from './problem.js';
import { BODY_TOO_LARGE, FIELD_INVALID, MALFORMED_REQUEST, NO_SUCH_CALL, TRY_AGAIN } from './refusals.js';

/** Turns whatever was thrown into the problem of `api.md`. What nobody foresaw is logged, without the request's body. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(
      error,
      host.switchToHttp().getRequest<Request>(),
      host.switchToHttp().getResponse<Response>(),
    );
  }

  answer(error: unknown, request: Request, response: Response): void {
    if (response.headersSent) {
      this.logger.error('An error after the answer had begun.', stackOf(error));
      return;
    }
    if (error instanceof FieldFaultsError) sendProblem(request, response, FIELD_INVALID(), error.faults);
    else sendProblem(request, response, this.asRefusal(error));
  }

  private asRefusal(error: unknown): DomainError {
    if (error instanceof DomainError) return error;
    const status = statusOf(error);
    if (status === 413) return BODY_TOO_LARGE();
    if (status === 404) return NO_SUCH_CALL();
    if (status !== undefined && status < 500) return MALFORMED_REQUEST();
    if (isConflict(error) || isConnectionLost(error)) {
      this.logger.warn(`Answered 503: ${error instanceof Error ? error.name : 'unknown'}`);
      return TRY_AGAIN({ retryAfterSeconds: 1 });
    }
    this.logger.error('An error nobody foresaw.', stackOf(error));
    return TRY_AGAIN({ retryAfterSeconds: 5 });
  }
}

/** The status of Nest's and body-parser's own errors. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { status?: unknown }).status;
  return typeof status === 'number' ? status : undefined;
}

/** A stack without SQL parameters: TypeORM puts them on the error, not into its message. */
function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
