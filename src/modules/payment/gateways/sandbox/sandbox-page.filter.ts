import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError } from '../../../../kernel/domain-error.js';
import { Config } from '../../../../platform/config.js';
import { FieldFaultsError } from '../../../../platform/http/field-faults.js';
import { ProblemFilter } from '../../../../platform/http/problem.filter.js';
import { FIELD_INVALID } from '../../../../platform/http/refusals.js';
import { sendPage } from './sandbox-page.js';
import { refusalPage } from './trade-pages.js';

/** Refusals to people are pages; programs, which send JSON, get the problem of everywhere else. */
@Catch(DomainError, FieldFaultsError)
export class SandboxPageFilter implements ExceptionFilter {
  private readonly problems = new ProblemFilter();

  constructor(private readonly config: Config) {}

  catch(error: DomainError | FieldFaultsError, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    if (sendsJson(request)) {
      this.problems.catch(error, host);
      return;
    }
    const refusal = error instanceof DomainError ? error : FIELD_INVALID();
    sendPage(host.switchToHttp().getResponse<Response>(), refusalPage(refusal), this.config);
  }
}

/** Is it a program? A page's form sends itself url-encoded. */
export function sendsJson(request: Request): boolean {
  return request.method === 'POST' && !request.is('urlencoded');
}
