import { Module } from '@nestjs/common';
import { AuditTrail } from './audit-trail.js';

/** What staff changed. */
@Module({ providers: [AuditTrail], exports: [AuditTrail] })
export class AuditModule {}
