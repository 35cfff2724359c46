export { CollectiveRegistration } from './collective-registration.entity.js';
export {
  COLLECTIVE_REGISTRATION_LINE_STATES,
  COLLECTIVE_REGISTRATION_STATES,
  type CollectiveRegistrationLineState,
  type CollectiveRegistrationState,
} from './collective-registration.machine.js';
export { CollectiveRegistrationModule } from './collective-registration.module.js';
export { CollectiveRegistrationRepository, type LineCounts } from './collective-registration.repository.js';
export { MOST_LINES } from './collective-registration.rules.js';
export { CollectiveRegistrationLine } from './collective-registration-line.entity.js';
export { DecideCollectiveRegistration } from './decide-collective-registration.use-case.js';
export {
  StartCollectiveRegistration,
  type StartCollectiveRegistrationCommand,
} from './start-collective-registration.use-case.js';

import { CollectiveRegistration } from './collective-registration.entity.js';
import { CollectiveRegistrationLine } from './collective-registration-line.entity.js';

export const collectiveRegistrationEntities = [CollectiveRegistration, CollectiveRegistrationLine];
