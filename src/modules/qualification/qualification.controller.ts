import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CandidateActor } from '../../kernel/actor.js';
import { DOCUMENT_NUMBER_INVALID, DOCUMENT_TYPE_NOT_ACCEPTED } from '../../kernel/document-number.rules.js';
import { NAME_ILLEGIBLE } from '../../kernel/person-name.rules.js';
import { type AnswerLanguage, Language } from '../../platform/http/language.js';
import {
  BODY_TOO_LARGE,
  FIELD_INVALID,
  MALFORMED_REQUEST,
  TOO_MANY_ATTEMPTS,
  TRY_AGAIN,
} from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { Candidate } from '../passport/index.js';
import { NO_CURRENT_SITTING } from '../sitting/index.js';
import { HasAgreed } from './has-agreed.js';
import { QualificationShown, QueryQualificationBody } from './qualification.dto.js';
import { QueryQualification } from './query-qualification.use-case.js';
import { RECORD_NOT_FOUND } from './student-record.rules.js';

@ApiTags('资格 · Qualification')
@Controller('qualification')
@HasAgreed()
export class QualificationController {
  constructor(private readonly queryQualification: QueryQualification) {}

  @Post('queries')
  @HttpCode(200)
  @ApiOperation({ summary: '资格信息查询 · Look up a student and what they may take' })
  @ApiOkResponse({ type: QualificationShown })
  @Refuses(
    DOCUMENT_TYPE_NOT_ACCEPTED,
    DOCUMENT_NUMBER_INVALID,
    NAME_ILLEGIBLE,
    RECORD_NOT_FOUND,
    NO_CURRENT_SITTING,
    TOO_MANY_ATTEMPTS,
    FIELD_INVALID,
    MALFORMED_REQUEST,
    BODY_TOO_LARGE,
    TRY_AGAIN,
  )
  async query(
    @Body() body: QueryQualificationBody,
    @Candidate() actor: CandidateActor,
    @Language() language: AnswerLanguage,
  ): Promise<QualificationShown> {
    return QualificationShown.of(await this.queryQualification.execute(body, actor), language);
  }
}
