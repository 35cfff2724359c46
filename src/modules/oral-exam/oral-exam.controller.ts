import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
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
  EnrolmentsShown,
  GATEWAY_UNAVAILABLE,
  LEVEL_CONFLICT,
  LOCKED_BY_SCHOOL,
  NOT_REGISTERED,
  VenueChoicesShown,
  WRITTEN_REQUIRED,
  WRITTEN_UNPAID,
} from '../registration/index.js';
import { EXAM_TIME_UNSET, FEE_UNSET, QUEUE_AHEAD, SEATS_FULL, WINDOW_NOT_OPEN } from '../sitting/index.js';
import { ChooseOralSubjects } from './choose-oral-subjects.use-case.js';
import { GiveUpOralSubject } from './give-up-oral-subject.use-case.js';
import { ListOralCampuses } from './list-oral-campuses.use-case.js';
import { ListOralVenues } from './list-oral-venues.use-case.js';
import { ChooseOralBody, OralCampusesQuery, OralCampusesShown, OralVenuesQuery } from './oral-exam.dto.js';

@ApiTags('口试报考 · Orals')
@Controller('oral')
@HasAgreed()
export class OralExamController {
  constructor(
    private readonly listOralCampuses: ListOralCampuses,
    private readonly listOralVenues: ListOralVenues,
    private readonly chooseOralSubjects: ChooseOralSubjects,
    private readonly giveUpOralSubject: GiveUpOralSubject,
  ) {}

  @Get('campuses')
  @ApiOperation({ summary: '口试报名校区 · Campuses open now to the candidate’s school' })
  @ApiOkResponse({ type: OralCampusesShown })
  @Refuses(NOT_REGISTERED, FIELD_INVALID, TRY_AGAIN)
  campuses(
    @Query() query: OralCampusesQuery,
    @Candidate() actor: CandidateActor,
  ): Promise<OralCampusesShown> {
    return this.listOralCampuses.execute(query, actor);
  }

  @Get('venues')
  @ApiOperation({ summary: '口试考点科目 · Oral venues open to the candidate' })
  @ApiOkResponse({ type: VenueChoicesShown })
  @Refuses(NOT_REGISTERED, FIELD_INVALID, TRY_AGAIN)
  venues(
    @Query() query: OralVenuesQuery,
    @Candidate() actor: CandidateActor,
    @Language() language: AnswerLanguage,
  ): Promise<VenueChoicesShown> {
    return this.listOralVenues.execute(query, actor, language);
  }

  @Post('enrolments')
  @Idempotent()
  @ApiOperation({ summary: '口试报考 · Enrol in all of these orals, or in none' })
  @ApiCreatedResponse({ type: EnrolmentsShown })
  @Refuses(
    NOT_REGISTERED,
    NOT_FOUND,
    CAMPUS_NOT_ALLOWED,
    WRITTEN_REQUIRED,
    WRITTEN_UNPAID,
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
  )
  async choose(@Body() body: ChooseOralBody, @Candidate() actor: CandidateActor): Promise<EnrolmentsShown> {
    return { items: await this.chooseOralSubjects.execute(body, actor) };
  }

  @Delete('enrolments/:id')
  @HttpCode(204)
  @ApiParam({ name: 'id', description: 'Enrolment' })
  @ApiOperation({ summary: '取消口试科目 · Give up an unpaid oral' })
  @ApiNoContentResponse()
  @Refuses(
    NOT_REGISTERED,
    NOT_FOUND,
    ENROLMENT_PAID,
    ENROLMENT_ENDED,
    LOCKED_BY_SCHOOL,
    WINDOW_NOT_OPEN,
    GATEWAY_UNAVAILABLE,
    TRY_AGAIN,
  )
  giveUp(@Param('id') enrolmentId: string, @Candidate() actor: CandidateActor): Promise<void> {
    return this.giveUpOralSubject.execute({ enrolmentId }, actor);
  }
}
