import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { FOREIGN_ORIGIN } from '../../platform/http/refusals.js';
import { comesFromOurPage } from '../../platform/http/session-token.js';
import { SecurityLog } from '../../platform/security-log.js';

/** For sign-in: another site's page must not sign its visitor in to an account of its own choice. */
@Injectable()
export class OwnPageGuard implements CanActivate {
  constructor(private readonly security: SecurityLog) {}

  /** @throws FOREIGN_ORIGIN */
  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<Request>();
    if (comesFromOurPage(request)) return true;
    const outcome = FOREIGN_ORIGIN.definition.code;
    this.security.note('passport.sign-in', { address: request.ip, outcome });
    throw FOREIGN_ORIGIN();
  }
}
