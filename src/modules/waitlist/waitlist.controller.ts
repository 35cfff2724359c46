import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
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
  LEVEL_CONFLICT,
  NOT_REGISTERED,
  WaitlistEntryShown,
  WRITTEN_REQUIRED,
} from '../registration/index.js';
import { EXAM_TIME_UNSET, FEE_UNSET, SEATS_AVAILABLE, WINDOW_NOT_OPEN } from '../sitting/index.js';
import { CancelEntry } from './cancel-entry.use-case.js';
import { JoinWaitlist } from './join-waitlist.use-case.js';
import { ListEntries } from './list-entries.use-case.js';
import { ENTRY_NOT_WAITING } from './waiting.rules.js';
import { CancelEntryBody, cancellationShown, JoinWaitlistBody, WaitlistPageShown } from './waitlist.dto.js';

@ApiTags('候补 · Waitlist')
@Controller('waitlist/entries')
@HasAgreed()
export class WaitlistController {
  constructor(
    private readonly listEntries: ListEntries,
    private readonly joinWaitlist: JoinWaitlist,
    private readonly cancelEntry: CancelEntry,
  ) {}

  @Get()
  @ApiOperation({ summary: '候补信息 · Waiting and ended entries' })
  @ApiOkResponse({ type: WaitlistPageShown })
  @Refuses(NOT_REGISTERED, TRY_AGAIN)
  async list(
    @Candidate() actor: CandidateActor,
    @Language() language: AnswerLanguage,
  ): Promise<WaitlistPageShown> {
    return { ...(await this.listEntries.execute(actor)), cancellation: cancellationShown(language) };
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: '提交候补 · Join the queue of a venue without free seats' })
  @ApiCreatedResponse({ type: WaitlistEntryShown })
  @Refuses(
    NOT_REGISTERED,
    NOT_FOUND,
    CAMPUS_NOT_ALLOWED,
    WRITTEN_REQUIRED,
    NOT_QUALIFIED,
    EXAM_TIME_UNSET,
    WINDOW_NOT_OPEN,
    FEE_UNSET,
    LEVEL_CONFLICT,
    SEATS_AVAILABLE,
    FIELD_INVALID,
    MALFORMED_REQUEST,
    BODY_TOO_LARGE,
    TRY_AGAIN,
  )
  join(@Body() body: JoinWaitlistBody, @Candidate() actor: CandidateActor): Promise<WaitlistEntryShown> {
    return this.joinWaitlist.execute(body, actor);
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @ApiParam({ name: 'id', description: 'Waitlist entry' })
  @ApiOperation({ summary: '取消候补 · Cancel; queueing again starts at the end' })
  @ApiOkResponse({ type: WaitlistEntryShown })
  @Refuses(
    NOT_REGISTERED,
    NOT_FOUND,
    ENTRY_NOT_WAITING,
    FIELD_INVALID,
    MALFORMED_REQUEST,
    BODY_TOO_LARGE,
    TRY_AGAIN,
  )
  cancel(
    @Param('id') entryId: string,
    @Body() { reason }: CancelEntryBody,
    @Candidate() actor: CandidateActor,
  ): Promise<WaitlistEntryShown> {
    return this.cancelEntry.execute({ entryId, reason }, actor);
  }
}
