import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { CandidateActor } from '../../kernel/actor.js';
import { FOREIGN_ORIGIN, NOT_SIGNED_IN } from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { PASSWORD_MUST_CHANGE, PHONE_NOT_BOUND } from './account.rules.js';
import { MayRegisterGuard } from './may-register.guard.js';
import { OPENS_WITH_INITIAL_PASSWORD, SessionGuard, type SignedInRequest } from './session.guard.js';

/**
 * For candidates with a session and a password of their own; on a call or a whole controller, whose module imports
 * `PassportModule`.
 */
export function SignedIn(): MethodDecorator & ClassDecorator {
  return applyDecorators(
    UseGuards(SessionGuard),
    ApiBearerAuth(),
    Refuses(NOT_SIGNED_IN, FOREIGN_ORIGIN, PASSWORD_MUST_CHANGE),
  );
}

/** R-PP-7: for what a session with the initial password may call too: the change of it, and what belongs to that. */
export function SignedInWithAnyPassword(): MethodDecorator {
  return applyDecorators(
    SetMetadata(OPENS_WITH_INITIAL_PASSWORD, true),
    UseGuards(SessionGuard),
    ApiBearerAuth(),
    Refuses(NOT_SIGNED_IN, FOREIGN_ORIGIN),
  );
}

/**
 * For candidates who may use the registration site: signed in, with a password of their own and a bound phone. To ask
 * more of them, add to it:
 *
 * @example
 * const HasAgreed = () => applyDecorators(MayRegister(), UseGuards(AgreementGuard), Refuses(AGREEMENT_NOT_ACCEPTED));
 */
export function MayRegister(): MethodDecorator & ClassDecorator {
  return applyDecorators(SignedIn(), UseGuards(MayRegisterGuard), Refuses(PHONE_NOT_BOUND));
}

/** The candidate behind a signed-in call: `show(@Candidate() actor: CandidateActor)`. */
export const Candidate = createParamDecorator(
  (_: unknown, context: ExecutionContext): CandidateActor =>
    context.switchToHttp().getRequest<SignedInRequest>().actor,
);
