import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { CandidateActor } from '../../kernel/actor.js';
import { Idempotent } from '../../platform/http/idempotency.js';
import {
  BODY_TOO_LARGE,
  FIELD_INVALID,
  MALFORMED_REQUEST,
  NOT_FOUND,
  TOO_MANY_ATTEMPTS,
  TRY_AGAIN,
} from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { Candidate } from '../passport/index.js';
import { NO_CURRENT_SITTING } from '../sitting/index.js';
import { Cet6ReviewBody, Cet6ReviewShown } from './cet6-review.dto.js';
import {
  QUALIFICATION_NOT_QUERIED,
  RESULT_NOT_FOUND,
  REVIEW_EXISTS,
  REVIEW_FINAL,
  REVIEW_NOT_OFFERED,
  REVIEW_PENDING,
  TICKET_NUMBER_INVALID,
} from './cet6-review.rules.js';
import { DeleteCet6Review } from './delete-cet6-review.use-case.js';
import { HasAgreed } from './has-agreed.js';
import { ResubmitCet6Review } from './resubmit-cet6-review.use-case.js';
import { ShowCet6Review } from './show-cet6-review.use-case.js';
import { SubmitCet6Review } from './submit-cet6-review.use-case.js';

@ApiTags('CET6资格复核 · CET6 review')
@Controller('cet6-review')
@HasAgreed()
export class Cet6ReviewController {
  constructor(
    private readonly showCet6Review: ShowCet6Review,
    private readonly submitCet6Review: SubmitCet6Review,
    private readonly resubmitCet6Review: ResubmitCet6Review,
    private readonly deleteCet6Review: DeleteCet6Review,
  ) {}

  @Get()
  @ApiOperation({ summary: '查看复核 · Is the review offered, and where does it stand?' })
  @ApiOkResponse({ type: Cet6ReviewShown })
  @Refuses(NO_CURRENT_SITTING, QUALIFICATION_NOT_QUERIED, TRY_AGAIN)
  async show(@Candidate() actor: CandidateActor): Promise<Cet6ReviewShown> {
    return Cet6ReviewShown.of(await this.showCet6Review.execute(actor));
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: '提交复核 · Submit a CET4 ticket number' })
  @ApiCreatedResponse({ type: Cet6ReviewShown })
  @Refuses(
    TICKET_NUMBER_INVALID,
    REVIEW_EXISTS,
    NO_CURRENT_SITTING,
    QUALIFICATION_NOT_QUERIED,
    REVIEW_NOT_OFFERED,
    RESULT_NOT_FOUND,
    TOO_MANY_ATTEMPTS,
    FIELD_INVALID,
    MALFORMED_REQUEST,
    BODY_TOO_LARGE,
    TRY_AGAIN,
  )
  async submit(@Body() body: Cet6ReviewBody, @Candidate() actor: CandidateActor): Promise<Cet6ReviewShown> {
    await this.submitCet6Review.execute(body, actor);
    return this.show(actor);
  }

  @Put()
  @ApiOperation({ summary: '修改后重新提交 · Change a rejected review and submit it again' })
  @ApiOkResponse({ type: Cet6ReviewShown })
  @Refuses(
    TICKET_NUMBER_INVALID,
    NOT_FOUND,
    REVIEW_PENDING,
    REVIEW_FINAL,
    NO_CURRENT_SITTING,
    QUALIFICATION_NOT_QUERIED,
    REVIEW_NOT_OFFERED,
    RESULT_NOT_FOUND,
    TOO_MANY_ATTEMPTS,
    FIELD_INVALID,
    MALFORMED_REQUEST,
    BODY_TOO_LARGE,
    TRY_AGAIN,
  )
  async resubmit(@Body() body: Cet6ReviewBody, @Candidate() actor: CandidateActor): Promise<Cet6ReviewShown> {
    await this.resubmitCet6Review.execute(body, actor);
    return this.show(actor);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: '删除复核 · Delete a rejected review' })
  @ApiNoContentResponse()
  @Refuses(NOT_FOUND, REVIEW_PENDING, REVIEW_FINAL, TRY_AGAIN)
  delete(@Candidate() actor: CandidateActor): Promise<void> {
    return this.deleteCet6Review.execute(actor);
  }
}
