import { Module } from '@nestjs/common';
import { PassportModule } from '../modules/passport/index.js';
import { SittingModule } from '../modules/sitting/index.js';
import { AddStaff } from './add-staff.use-case.js';
import { StaffRepository } from './staff.repository.js';

/** Staff accounts, without the back office's pages: what the command line needs. */
@Module({
  imports: [SittingModule, PassportModule],
  providers: [StaffRepository, AddStaff],
  exports: [AddStaff, StaffRepository],
})
export class StaffModule {}
