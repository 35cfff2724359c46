import { Module } from '@nestjs/common';
import { PassportModule } from '../passport/index.js';
import { QualificationModule } from '../qualification/index.js';
import { RegistrationModule } from '../registration/index.js';
import { SittingModule } from '../sitting/index.js';
import { ChooseOralSubjects } from './choose-oral-subjects.use-case.js';
import { GiveUpOralSubject } from './give-up-oral-subject.use-case.js';
import { ListOralCampuses } from './list-oral-campuses.use-case.js';
import { ListOralVenues } from './list-oral-venues.use-case.js';
import { OralExamController } from './oral-exam.controller.js';

/** 口试报考: choosing orals. */
@Module({
  imports: [SittingModule, PassportModule, QualificationModule, RegistrationModule],
  controllers: [OralExamController],
  providers: [ListOralCampuses, ListOralVenues, ChooseOralSubjects, GiveUpOralSubject],
})
export class OralExamModule {}
