import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { phoneIsBound } from './account.rules.js';
import type { SignedInRequest } from './session.guard.js';

/** Stands behind `SessionGuard` wherever the registration site begins (R-PP-3). */
@Injectable()
export class MayRegisterGuard implements CanActivate {
  /** @throws PHONE_NOT_BOUND */
  canActivate(context: ExecutionContext): true {
    const { account } = context.switchToHttp().getRequest<SignedInRequest>();
    phoneIsBound(account);
    return true;
  }
}
