import { Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AuditModule } from '../modules/audit/index.js';
import { CollectiveRegistrationModule } from '../modules/collective-registration/index.js';
import { NotificationModule } from '../modules/notification/index.js';
import { OwnershipModule } from '../modules/ownership/index.js';
import { PassportModule } from '../modules/passport/index.js';
import { PaymentModule } from '../modules/payment/index.js';
import { QualificationModule } from '../modules/qualification/index.js';
import { RegistrationModule } from '../modules/registration/index.js';
import { SittingModule } from '../modules/sitting/index.js';
import { VenueWindowModule } from '../modules/venue-window/index.js';
import { SCREENS, TOOLS } from './contents.js';
import { DashboardRepository } from './dashboard/dashboard.repository.js';
import { ShowDashboard } from './dashboard/show-dashboard.use-case.js';
import { AdminModule } from './panel/adminjs.js';
import { ExportRows } from './panel/export-rows.js';
import { PanelLoader, PanelPlace } from './panel/panel.loader.js';
import { PanelRepository } from './panel/panel.repository.js';
import { PanelApi } from './panel/panel-api.js';
import { type AnyNoun, PanelContents } from './panel/panel-contents.js';
import { PanelOptions } from './panel/panel-options.js';
import type { Tool } from './panel/tool.js';
import { Uploads } from './panel/uploads.js';
import { InvitationRoutes } from './staff/invitation.routes.js';
import { PANEL_PATH } from './staff/places.js';
import { SignInRoutes } from './staff/sign-in.routes.js';
import { StaffModule } from './staff/staff.module.js';
import { StaffDoor } from './staff/staff-door.js';
import { StaffSessions } from './staff/staff-sessions.js';

/** What the panel is made of. */
@Module({
  imports: [
    AuditModule,
    NotificationModule,
    QualificationModule,
    SittingModule,
    VenueWindowModule,
    PassportModule,
    StaffModule,
    RegistrationModule,
    PaymentModule,
    CollectiveRegistrationModule,
    OwnershipModule,
  ],
  providers: [
    StaffSessions,
    SignInRoutes,
    InvitationRoutes,
    StaffDoor,
    PanelPlace,
    PanelRepository,
    DashboardRepository,
    ShowDashboard,
    ...SCREENS,
    ...TOOLS,
    {
      provide: PanelContents,
      inject: [...SCREENS, ...TOOLS],
      useFactory: (...things: (AnyNoun | Tool)[]) =>
        new PanelContents(
          things.slice(0, SCREENS.length) as AnyNoun[],
          things.slice(SCREENS.length) as Tool[],
        ),
    },
    ExportRows,
    Uploads,
    PanelApi,
    PanelOptions,
  ],
  exports: [StaffDoor, PanelPlace, PanelContents, PanelApi, PanelOptions],
})
class PanelPartsModule {}

/** The back office at `/admin`, by AdminJS. */
@Module({
  imports: [
    PanelPartsModule,
    AdminModule.createAdminAsync({
      imports: [PanelPartsModule],
      inject: [PanelOptions],
      useFactory: (options: PanelOptions) => ({ adminJsOptions: options.make() }),
      customLoader: PanelLoader,
    }),
  ],
})
export class AdminPanelModule {}

/** Keeps the back office's place among the app's middleware: after log and security headers, before the body parsers. */
export async function mountAdminPanel(app: NestExpressApplication): Promise<void> {
  app.use(PANEL_PATH, app.get(PanelPlace).router);
}
