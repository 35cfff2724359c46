import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import type { Logger } from 'typeorm';
import { staffEntities } from './admin/staff/entities.js';
import { StaffModule } from './admin/staff/staff.module.js';
import { DemoModule } from './demo/demo.module.js';
import { entities } from './entities.js';
import { Clock, SystemClock } from './kernel/clock.js';
import { LandingModule } from './landing/index.js';
import { AuditModule } from './modules/audit/index.js';
import { CollectiveRegistrationModule } from './modules/collective-registration/index.js';
import { NotificationModule } from './modules/notification/index.js';
import { OralExamModule } from './modules/oral-exam/index.js';
import { OwnershipModule } from './modules/ownership/index.js';
import { PassportModule } from './modules/passport/index.js';
import { GatewaysModule, PaymentModule } from './modules/payment/index.js';
import { QualificationModule } from './modules/qualification/index.js';
import { RegistrationModule } from './modules/registration/index.js';
import { ScoreReportModule } from './modules/score-report/index.js';
import { SittingModule } from './modules/sitting/index.js';
import { VenueWindowModule } from './modules/venue-window/index.js';
import { WaitlistModule } from './modules/waitlist/index.js';
import { WrittenExamModule } from './modules/written-exam/index.js';
import { Config } from './platform/config.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { type LogWriter, SecurityLog } from './platform/security-log.js';

export interface AppOptions {
  /** Keep the schedule? Servers do; commands and most tests do not. */
  schedule: boolean;
  clock?: Clock;
  databaseLogger?: Logger;
  /** Where the security log is written; a command leaves its lines in the audit trail alone. */
  logger?: LogWriter;
  /** The back office, where this process serves it: it is heavy, and commands and most tests do without. */
  backOffice?: Type;
}

/** Configuration, time and the security log, for everybody. */
@Global()
@Module({})
class SurroundingsModule {
  static of(config: Config, { clock, logger }: AppOptions): DynamicModule {
    const providers = [
      { provide: Config, useValue: config },
      { provide: Clock, useValue: clock ?? new SystemClock() },
      { provide: SecurityLog, useValue: new SecurityLog(logger) },
    ];
    return { module: SurroundingsModule, providers, exports: [Config, Clock, SecurityLog] };
  }
}

/** The whole system, from one configuration. */
@Module({})
export class AppModule {
  static register(config: Config, options: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SurroundingsModule.of(config, options),
        DatabaseModule.register(config, [...entities, ...staffEntities], options.databaseLogger),
        QueueModule.register(config, { schedule: options.schedule }),
        HttpModule,
        SittingModule,
        PassportModule,
        AuditModule,
        NotificationModule,
        QualificationModule,
        RegistrationModule,
        WrittenExamModule,
        OralExamModule,
        ScoreReportModule,
        VenueWindowModule,
        OwnershipModule,
        WaitlistModule,
        CollectiveRegistrationModule,
        GatewaysModule.register(config),
        PaymentModule,
        LandingModule,
        StaffModule,
        DemoModule,
        ...(options.backOffice ? [options.backOffice] : []),
      ],
    };
  }
}
