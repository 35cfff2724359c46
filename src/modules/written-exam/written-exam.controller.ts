import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { CandidateActor } from '../../kernel/actor.js';
import { Idempotent } from '../../platform/http/idempotency.js';
import { type AnswerLanguage, Language } from '../../platform/http/language.js';
import {
  BODY_TOO_LARGE,
  FIELD_INVALID,
  MALFORMED_REQUEST,
  NOT_FOUND,
  TRY_AGAIN,
} from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { Candidate } from '../passport/index.js';
import { HasAgreed, NOT_QUALIFIED } from '../qualification/index.js';
import {
  CAMPUS_NOT_ALLOWED,
  ENROLMENT_ENDED,
  ENROLMENT_PAID,
  EnrolmentShown,
  EnrolmentsShown,
  GATEWAY_UNAVAILABLE,
  LEVEL_CONFLICT,
  LOCKED_BY_SCHOOL,
  NOT_REGISTERED,
  VenueChoicesShown,
} from '../registration/index.js';
import { EXAM_TIME_UNSET, FEE_UNSET, QUEUE_AHEAD, SEATS_FULL, WINDOW_NOT_OPEN } from '../sitting/index.js';
import { ChangeWrittenSubject } from './change-written-subject.use-case.js';
import { ChooseWrittenSubjects } from './choose-written-subjects.use-case.js';
import { GiveUpWrittenSubject } from './give-up-written-subject.use-case.js';
import { ListWrittenVenues } from './list-written-venues.use-case.js';
import { LAST_WRITTEN, ORAL_DEPENDS } from './written-choice.rules.js';
import { ChangeWrittenBody, ChooseWrittenBody } from './written-exam.dto.js';

const CHOOSING = [
  NOT_REGISTERED,
  NOT_FOUND,
  CAMPUS_NOT_ALLOWED,
  NOT_QUALIFIED,
  EXAM_TIME_UNSET,
  WINDOW_NOT_OPEN,
  FEE_UNSET,
  LEVEL_CONFLICT,
  SEATS_FULL,
  QUEUE_AHEAD,
  FIELD_INVALID,
  MALFORMED_REQUEST,
  BODY_TOO_LARGE,
  TRY_AGAIN,
];

@ApiTags('笔试报考 · Written subjects')
@Controller('written')
@HasAgreed()
export class WrittenExamController {
  constructor(
    private readonly listWrittenVenues: ListWrittenVenues,
    private readonly chooseWrittenSubjects: ChooseWrittenSubjects,
    private readonly changeWrittenSubject: ChangeWrittenSubject,
    private readonly giveUpWrittenSubject: GiveUpWrittenSubject,
  ) {}

  @Get('venues')
  @ApiOperation({ summary: '笔试考点科目 · Written venues open to the candidate' })
  @ApiOkResponse({ type: VenueChoicesShown })
  @Refuses(NOT_REGISTERED, TRY_AGAIN)
  venues(
    @Candidate() actor: CandidateActor,
    @Language() language: AnswerLanguage,
  ): Promise<VenueChoicesShown> {
    return this.listWrittenVenues.execute(actor, language);
  }

  @Post('enrolments')
  @Idempotent()
  @ApiOperation({ summary: '笔试报考 · Enrol in all of these venues, or in none' })
  @ApiCreatedResponse({ type: EnrolmentsShown })
  @Refuses(...CHOOSING)
  async choose(
    @Body() body: ChooseWrittenBody,
    @Candidate() actor: CandidateActor,
  ): Promise<EnrolmentsShown> {
    return { items: await this.chooseWrittenSubjects.execute(body, actor) };
  }

  @Put('enrolments/:id')
  @ApiParam({ name: 'id', description: 'Enrolment' })
  @ApiOperation({ summary: '更改笔试科目 · Change an unpaid subject for another in one step' })
  @ApiOkResponse({ type: EnrolmentShown })
  @Refuses(...CHOOSING, ENROLMENT_PAID, ENROLMENT_ENDED, LOCKED_BY_SCHOOL, ORAL_DEPENDS, GATEWAY_UNAVAILABLE)
  change(
    @Param('id') enrolmentId: string,
    @Body() body: ChangeWrittenBody,
    @Candidate() actor: CandidateActor,
  ): Promise<EnrolmentShown> {
    return this.changeWrittenSubject.execute({ enrolmentId, venueId: body.venueId }, actor);
  }

  @Delete('enrolments/:id')
  @HttpCode(204)
  @ApiParam({ name: 'id', description: 'Enrolment' })
  @ApiOperation({ summary: '取消笔试科目 · Give up an unpaid subject' })
  @ApiNoContentResponse()
  @Refuses(
    NOT_REGISTERED,
    NOT_FOUND,
    ENROLMENT_PAID,
    ENROLMENT_ENDED,
    LOCKED_BY_SCHOOL,
    WINDOW_NOT_OPEN,
    ORAL_DEPENDS,
    LAST_WRITTEN,
    GATEWAY_UNAVAILABLE,
    TRY_AGAIN,
  )
  giveUp(@Param('id') enrolmentId: string, @Candidate() actor: CandidateActor): Promise<void> {
    return this.giveUpWrittenSubject.execute({ enrolmentId }, actor);
  }
}
