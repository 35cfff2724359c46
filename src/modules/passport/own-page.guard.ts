import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { FOREIGN_ORIGIN } from '../../platform/http/refusals.js';
import { comesFromOurPage } from '../../platform/http/session-token.js';

/** For sign-in: another site's page must not sign its visitor in to an account of its own choice. */
@Injectable()
export class OwnPageGuard implements CanActivate {
  /** @throws FOREIGN_ORIGIN */
  canActivate(context: ExecutionContext): true {
    if (!comesFromOurPage(context.switchToHttp().getRequest<Request>())) throw FOREIGN_ORIGIN();
    return true;
  }
}
