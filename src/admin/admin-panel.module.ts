import { Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { PassportModule } from '../modules/passport/index.js';
import { SittingModule } from '../modules/sitting/index.js';
import { AdminModule } from './adminjs.js';
import { ShownCet6Reviews } from './cet6-reviews.js';
import { PanelLoader, PanelPlace } from './panel.loader.js';
import { PanelRepository } from './panel.repository.js';
import { PanelOptions } from './panel-options.js';
import { ShownRegistrations } from './registrations.js';
import { ShowDashboard } from './show-dashboard.use-case.js';
import { SignInStaff } from './sign-in-staff.use-case.js';
import { StaffModule } from './staff.module.js';
import { PANEL_PATH, StaffDoor } from './staff-door.js';
import { StaffSessions } from './staff-sessions.js';

/** What the panel is made of. */
@Module({
  imports: [SittingModule, PassportModule, StaffModule],
  providers: [
    StaffSessions,
    SignInStaff,
    StaffDoor,
    PanelPlace,
    PanelRepository,
    ShownRegistrations,
    ShownCet6Reviews,
    ShowDashboard,
    PanelOptions,
  ],
  exports: [StaffDoor, PanelPlace, PanelOptions],
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
