import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { passwordIsTheirOwn, phoneIsBound } from './account.rules.js';
import type { SignedInRequest } from './session.guard.js';

/** Stands behind `SessionGuard` wherever the registration site begins (R-PP-3, R-PP-7). */
@Injectable()
export class MayRegisterGuard implements CanActivate {
  /** @throws PASSWORD_MUST_CHANGE, PHONE_NOT_BOUND */
  canActivate(context: ExecutionContext): true {
    const { account } = context.switchToHttp().getRequest<SignedInRequest>();
    passwordIsTheirOwn(account);
    phoneIsBound(account);
    return true;
  }
}
