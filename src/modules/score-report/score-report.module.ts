import { Module } from '@nestjs/common';
import { PassportModule } from '../passport/index.js';
import { QualificationModule } from '../qualification/index.js';
import { RegistrationModule } from '../registration/index.js';
import { ChooseReportForm } from './choose-report-form.use-case.js';
import { ScoreReportController } from './score-report.controller.js';

/** 成绩报告单: PAPER or ELECTRONIC, or a certificate for minor languages. */
@Module({
  imports: [PassportModule, QualificationModule, RegistrationModule],
  controllers: [ScoreReportController],
  providers: [ChooseReportForm],
})
export class ScoreReportModule {}
