export { AuditModule } from './audit.module.js';
export { type AuditedFacts, AuditLine } from './audit-line.entity.js';
export { type AuditedChange, AuditTrail } from './audit-trail.js';

import { AuditLine } from './audit-line.entity.js';

export const auditEntities = [AuditLine];
