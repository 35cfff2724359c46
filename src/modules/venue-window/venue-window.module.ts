import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { RegistrationModule } from '../registration/index.js';
import { SittingModule } from '../sitting/index.js';
import { AffectedPeople } from './affected-people.js';
import { LoadWindowFacts } from './load-window-facts.js';
import { PreviewVenueWindows } from './preview-venue-windows.use-case.js';
import { SetVenueWindows } from './set-venue-windows.use-case.js';
import { ShowVenueWindows } from './show-venue-windows.use-case.js';

const tasks = [ShowVenueWindows, PreviewVenueWindows, SetVenueWindows];

/** 网上报名时间: when each campus takes candidates, moved by its province. */
@Module({
  imports: [AuditModule, SittingModule, RegistrationModule],
  providers: [...tasks, LoadWindowFacts, AffectedPeople],
  exports: tasks,
})
export class VenueWindowModule {}
