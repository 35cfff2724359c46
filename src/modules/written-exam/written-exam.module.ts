import { Module } from '@nestjs/common';
import { PassportModule } from '../passport/index.js';
import { QualificationModule } from '../qualification/index.js';
import { RegistrationModule } from '../registration/index.js';
import { SittingModule } from '../sitting/index.js';
import { ChangeWrittenSubject } from './change-written-subject.use-case.js';
import { ChooseWrittenSubjects } from './choose-written-subjects.use-case.js';
import { GiveUpWrittenSubject } from './give-up-written-subject.use-case.js';
import { ListWrittenVenues } from './list-written-venues.use-case.js';
import { WrittenExamController } from './written-exam.controller.js';

/** 笔试报考: choosing written subjects. */
@Module({
  imports: [SittingModule, PassportModule, QualificationModule, RegistrationModule],
  controllers: [WrittenExamController],
  providers: [ListWrittenVenues, ChooseWrittenSubjects, ChangeWrittenSubject, GiveUpWrittenSubject],
})
export class WrittenExamModule {}
