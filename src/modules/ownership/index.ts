export { DecideOwnerChange } from './decide-owner-change.use-case.js';
export { OwnerChange, type OwnerProof } from './owner-change.entity.js';
export type { OwnerChangeKind, OwnerChangeState } from './owner-change.machine.js';
export { OwnershipModule } from './ownership.module.js';
export { ReleaseRegistration } from './release-registration.use-case.js';
export { RequestRegistrationMove } from './request-registration-move.use-case.js';
export { ResetStudentAccount } from './reset-student-account.use-case.js';

import { OwnerChange } from './owner-change.entity.js';

export const ownershipEntities = [OwnerChange];
