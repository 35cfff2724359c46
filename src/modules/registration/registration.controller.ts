import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { CandidateActor } from '../../kernel/actor.js';
import { DOCUMENT_NUMBER_INVALID, DOCUMENT_TYPE_NOT_ACCEPTED } from '../../kernel/document-number.rules.js';
import { NAME_ILLEGIBLE } from '../../kernel/person-name.rules.js';
import { Idempotent } from '../../platform/http/idempotency.js';
import {
  BODY_TOO_LARGE,
  FIELD_INVALID,
  MALFORMED_REQUEST,
  TOO_MANY_ATTEMPTS,
  TRY_AGAIN,
} from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { Candidate } from '../passport/index.js';
import { HasAgreed, NO_QUALIFIED_SUBJECT, RECORD_NOT_FOUND } from '../qualification/index.js';
import { NO_CURRENT_SITTING, WINDOW_NOT_OPEN } from '../sitting/index.js';
import { ConfirmRegistration } from './confirm-registration.use-case.js';
import { DeleteRegistration } from './delete-registration.use-case.js';
import { GATEWAY_UNAVAILABLE } from './open-orders.js';
import { ConfirmRegistrationBody, RegistrationShown } from './registration.dto.js';
import {
  ACCOUNT_ALREADY_REGISTERED,
  CONFIRMATION_MISSING,
  HAS_PAID_ENROLMENT,
  LOCKED_BY_SCHOOL,
  NOT_REGISTERED,
  RECORD_ALREADY_REGISTERED,
  STUDENT_RELEASED,
} from './registration.rules.js';
import { ShowRegistration } from './show-registration.use-case.js';

@ApiTags('报名信息 · Registration')
@Controller('registration')
@HasAgreed()
export class RegistrationController {
  constructor(
    private readonly confirmRegistration: ConfirmRegistration,
    private readonly showRegistration: ShowRegistration,
    private readonly deleteRegistration: DeleteRegistration,
  ) {}

  @Post()
  @Idempotent()
  @ApiOperation({ summary: '确认并保存报名信息 · Confirm the record and bind it to the account' })
  @ApiCreatedResponse({ type: RegistrationShown })
  @Refuses(
    CONFIRMATION_MISSING,
    DOCUMENT_TYPE_NOT_ACCEPTED,
    DOCUMENT_NUMBER_INVALID,
    NAME_ILLEGIBLE,
    RECORD_NOT_FOUND,
    NO_CURRENT_SITTING,
    WINDOW_NOT_OPEN,
    NO_QUALIFIED_SUBJECT,
    ACCOUNT_ALREADY_REGISTERED,
    RECORD_ALREADY_REGISTERED,
    STUDENT_RELEASED,
    TOO_MANY_ATTEMPTS,
    FIELD_INVALID,
    MALFORMED_REQUEST,
    BODY_TOO_LARGE,
    TRY_AGAIN,
  )
  async confirm(
    @Body() body: ConfirmRegistrationBody,
    @Candidate() actor: CandidateActor,
  ): Promise<RegistrationShown> {
    await this.confirmRegistration.execute(body, actor);
    return this.showRegistration.execute(actor);
  }

  @Get()
  @ApiOperation({ summary: '报名信息 · The registration page' })
  @ApiOkResponse({ type: RegistrationShown })
  @Refuses(NOT_REGISTERED, TRY_AGAIN)
  show(@Candidate() actor: CandidateActor): Promise<RegistrationShown> {
    return this.showRegistration.execute(actor);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: '删除报名信息 · Delete the registration while nothing is paid' })
  @ApiNoContentResponse()
  @Refuses(NOT_REGISTERED, HAS_PAID_ENROLMENT, LOCKED_BY_SCHOOL, GATEWAY_UNAVAILABLE, TRY_AGAIN)
  delete(@Candidate() actor: CandidateActor): Promise<void> {
    return this.deleteRegistration.execute(actor);
  }
}
