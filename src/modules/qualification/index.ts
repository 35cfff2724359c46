export { AgreementAcceptance } from './agreement-acceptance.entity.js';
export { Cet4Result } from './cet4-result.entity.js';
export { Cet6Review } from './cet6-review.entity.js';
export { CET6_REVIEW_STATES, type Cet6ReviewState } from './cet6-review.machine.js';
export { LookedUpRecord } from './looked-up-record.entity.js';
export { StudentDetails } from './student-details.js';
export { StudentRecord } from './student-record.entity.js';
export { SubjectListLine } from './subject-list-line.entity.js';
export { SubjectRule } from './subject-rule.entity.js';

import { AgreementAcceptance } from './agreement-acceptance.entity.js';
import { Cet4Result } from './cet4-result.entity.js';
import { Cet6Review } from './cet6-review.entity.js';
import { LookedUpRecord } from './looked-up-record.entity.js';
import { StudentRecord } from './student-record.entity.js';
import { SubjectListLine } from './subject-list-line.entity.js';
import { SubjectRule } from './subject-rule.entity.js';

export const qualificationEntities = [
  AgreementAcceptance,
  StudentRecord,
  SubjectRule,
  SubjectListLine,
  Cet4Result,
  Cet6Review,
  LookedUpRecord,
];
