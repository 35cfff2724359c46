import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { CandidateActor } from '../../kernel/actor.js';
import { REPORT_FORMS, type ReportForm } from '../../kernel/words.js';
import { EnumField } from '../../platform/http/fields.js';
import {
  BODY_TOO_LARGE,
  FIELD_INVALID,
  MALFORMED_REQUEST,
  NOT_FOUND,
  TRY_AGAIN,
} from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { Candidate } from '../passport/index.js';
import { HasAgreed } from '../qualification/index.js';
import { EnrolmentShown, NOT_REGISTERED } from '../registration/index.js';
import { ChooseReportForm } from './choose-report-form.use-case.js';
import { PREFERENCE_CLOSED } from './report-form.rules.js';

export class ReportFormBody {
  @EnumField({
    description: '纸质 PAPER（同时获得电子） · 电子 ELECTRONIC. Costs nothing',
    values: Object.keys(REPORT_FORMS),
    name: 'ReportForm',
  })
  form: ReportForm;
}

@ApiTags('成绩报告单 · Score report')
@Controller('enrolments')
@HasAgreed()
export class ScoreReportController {
  constructor(private readonly chooseReportForm: ChooseReportForm) {}

  @Put(':id/score-report')
  @ApiParam({ name: 'id', description: 'Written enrolment' })
  @ApiOperation({ summary: '纸质成绩报告单/证书申请 · Choose the form of the score report' })
  @ApiOkResponse({ type: EnrolmentShown })
  @Refuses(
    NOT_REGISTERED,
    NOT_FOUND,
    PREFERENCE_CLOSED,
    FIELD_INVALID,
    MALFORMED_REQUEST,
    BODY_TOO_LARGE,
    TRY_AGAIN,
  )
  choose(
    @Param('id') enrolmentId: string,
    @Body() { form }: ReportFormBody,
    @Candidate() actor: CandidateActor,
  ): Promise<EnrolmentShown> {
    return this.chooseReportForm.execute({ enrolmentId, form }, actor);
  }
}
