import { auditEntities } from './modules/audit/index.js';
import { collectiveRegistrationEntities } from './modules/collective-registration/index.js';
import { notificationEntities } from './modules/notification/index.js';
import { ownershipEntities } from './modules/ownership/index.js';
import { passportEntities } from './modules/passport/index.js';
import { paymentEntities } from './modules/payment/index.js';
import { qualificationEntities } from './modules/qualification/index.js';
import { registrationEntities } from './modules/registration/index.js';
import { sittingEntities } from './modules/sitting/index.js';
import { StoredAnswer } from './platform/http/stored-answer.entity.js';

/** Every table there is, by the module that owns it. The back office adds its own. */
export const entities = [
  ...sittingEntities,
  ...passportEntities,
  ...auditEntities,
  ...notificationEntities,
  ...qualificationEntities,
  ...registrationEntities,
  ...ownershipEntities,
  ...collectiveRegistrationEntities,
  ...paymentEntities,
  StoredAnswer,
];
