export { type Account, type AccountFacts, NO_DOCUMENT_LOGIN } from './account.entity.js';
export { AccountRepository } from './account.repository.js';
export { LOGIN_OF_ANOTHER, PASSWORD_MUST_CHANGE, PHONE_NOT_BOUND } from './account.rules.js';
export { AccountHoldings } from './account-holdings.js';
export { AccountsOfStudents, INITIAL_PASSWORD, type StudentIdentity } from './accounts-of-students.js';
export type { NetworkLimit } from './attempt-limits.js';
export { isDearEnough, theCheckIsDearEnough } from './challenge.rules.js';
export { CHECK_SCRIPT, checkFields } from './check-page.js';
export { contactFrom, isPossiblePhone, normalisePhone } from './contact.rules.js';
export { type FirstSignIn, FirstSignIns } from './first-sign-ins.js';
export { passwordIsHardToGuess } from './guessable-password.js';
export { HumanCheck } from './human-check.js';
export { NetworkFailures } from './network-failures.js';
export { PassportModule } from './passport.module.js';
export { PasswordHasher } from './password-hasher.js';
export type { PosedCheck } from './posed-check.js';
export { SessionGuard, type SignedInRequest } from './session.guard.js';
export { SessionRepository } from './session.repository.js';
export { Candidate, MayRegister, SignedIn } from './signed-in.js';
export { type HolderMessage, TellHolder } from './tell-holder.js';
export { Sender, type Visitor } from './visitor.js';

import { Account } from './account.entity.js';
import { OneTimeCode } from './one-time-code.entity.js';
import { Session } from './session.entity.js';
import { UsedChallenge } from './used-challenge.entity.js';

export const passportEntities = [Account, Session, OneTimeCode, UsedChallenge];
