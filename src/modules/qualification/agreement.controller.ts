import { Body, Controller, Get, HttpStatus, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { CandidateActor } from '../../kernel/actor.js';
import { Idempotent } from '../../platform/http/idempotency.js';
import { type AnswerLanguage, Language } from '../../platform/http/language.js';
import { BODY_TOO_LARGE, FIELD_INVALID, MALFORMED_REQUEST, TRY_AGAIN } from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { Candidate, MayRegister, SignedIn } from '../passport/index.js';
import { AcceptAgreement } from './accept-agreement.use-case.js';
import { AcceptAgreementBody, AgreementShown } from './agreement.dto.js';
import { AGREEMENT_VERSION_OUTDATED } from './agreement.rules.js';
import { ShowAgreement } from './show-agreement.use-case.js';

@ApiTags('报名协议 · Agreement')
@Controller('agreement')
export class AgreementController {
  constructor(
    private readonly showAgreement: ShowAgreement,
    private readonly acceptAgreement: AcceptAgreement,
  ) {}

  @Get()
  @SignedIn()
  @ApiOperation({ summary: '报名协议 · The agreement in force' })
  @ApiOkResponse({ type: AgreementShown })
  @Refuses(TRY_AGAIN)
  async show(
    @Candidate() actor: CandidateActor,
    @Language() language: AnswerLanguage,
  ): Promise<AgreementShown> {
    return AgreementShown.of(await this.showAgreement.execute(actor), language);
  }

  @Post('acceptance')
  @MayRegister()
  @Idempotent()
  @ApiOperation({ summary: '同意报名协议 · Accept the agreement' })
  @ApiCreatedResponse({ type: AgreementShown })
  @ApiOkResponse({ type: AgreementShown, description: 'It was accepted already' })
  @Refuses(AGREEMENT_VERSION_OUTDATED, FIELD_INVALID, MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  async accept(
    @Body() body: AcceptAgreementBody,
    @Candidate() actor: CandidateActor,
    @Language() language: AnswerLanguage,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgreementShown> {
    const first = await this.acceptAgreement.execute(body, actor);
    response.status(first ? HttpStatus.CREATED : HttpStatus.OK);
    return AgreementShown.of(await this.showAgreement.execute(actor), language);
  }
}
