import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DOCUMENT_NUMBER_INVALID, DOCUMENT_TYPE_NOT_ACCEPTED } from '../../kernel/document-number.rules.js';
import { EMAIL_INVALID } from '../../kernel/email-address.rules.js';
import { NAME_ILLEGIBLE } from '../../kernel/person-name.rules.js';
import { Devices } from '../../platform/http/devices.js';
import { Idempotent } from '../../platform/http/idempotency.js';
import {
  BODY_TOO_LARGE,
  FIELD_INVALID,
  MALFORMED_REQUEST,
  TOO_MANY_ATTEMPTS,
  TRY_AGAIN,
} from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { CONTACT_MISSING, EMAIL_TAKEN, PHONE_TAKEN } from './account.rules.js';
import { CHALLENGE_FAILED, CHALLENGE_TOO_EASY } from './challenge.rules.js';
import { PHONE_INVALID } from './contact.rules.js';
import { CODE_CHANNEL_MISMATCH, CODE_INVALID } from './one-time-code.rules.js';
import { RegisterAccountFields, RequestCodeFields, ResetPasswordFields } from './passport.dto.js';
import {
  PASSWORD_LENGTH,
  PASSWORD_PERSONAL,
  PASSWORD_TOO_COMMON,
  PASSWORDS_DIFFER,
} from './password.rules.js';
import { PoseChallenge } from './pose-challenge.use-case.js';
import { RegisterAccount } from './register-account.use-case.js';
import { RequestCode } from './request-code.use-case.js';
import { ResetPassword } from './reset-password.use-case.js';
import { AccountShown, ChallengeShown, CodeSentShown } from './shown.dto.js';
import { Sender, type Visitor } from './visitor.js';

@ApiTags('通行证 · Passport')
@Controller('passport')
export class PassportController {
  constructor(
    private readonly poseChallenge: PoseChallenge,
    private readonly requestCode: RequestCode,
    private readonly registerAccount: RegisterAccount,
    private readonly resetPassword: ResetPassword,
    private readonly devices: Devices,
  ) {}

  @Post('challenges')
  @ApiOperation({ summary: '获取人机验证 · A human check to solve' })
  @ApiCreatedResponse({ type: ChallengeShown })
  @Refuses(MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  challenge(
    @Sender() visitor: Visitor,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ChallengeShown> {
    // every call that takes a code begins with a check: from here on the device is told from others at its address
    if (!this.devices.read(visitor.cookies)) this.devices.send(request, response, this.devices.fresh());
    return this.poseChallenge.execute(visitor);
  }

  @Post('codes')
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({ summary: '获取短信或邮件验证码 · Send a code' })
  @ApiAcceptedResponse({ type: CodeSentShown })
  @Refuses(PHONE_INVALID, EMAIL_INVALID, CODE_CHANNEL_MISMATCH)
  @Refuses(CHALLENGE_FAILED, CHALLENGE_TOO_EASY, TOO_MANY_ATTEMPTS)
  @Refuses(FIELD_INVALID, MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  code(@Body() body: RequestCodeFields, @Sender() visitor: Visitor): Promise<CodeSentShown> {
    return this.requestCode.execute(body, visitor);
  }

  @Post('accounts')
  @Idempotent()
  @ApiOperation({ summary: '注册通行证 · Register an account' })
  @ApiCreatedResponse({ type: AccountShown })
  @Refuses(CONTACT_MISSING, PHONE_INVALID, EMAIL_INVALID, PASSWORD_LENGTH, PASSWORDS_DIFFER)
  @Refuses(PASSWORD_TOO_COMMON, PASSWORD_PERSONAL)
  @Refuses(DOCUMENT_TYPE_NOT_ACCEPTED, DOCUMENT_NUMBER_INVALID, NAME_ILLEGIBLE)
  @Refuses(CHALLENGE_FAILED, CHALLENGE_TOO_EASY, CODE_INVALID, PHONE_TAKEN, EMAIL_TAKEN, TOO_MANY_ATTEMPTS)
  @Refuses(FIELD_INVALID, MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  register(@Body() body: RegisterAccountFields, @Sender() visitor: Visitor): Promise<AccountShown> {
    return this.registerAccount.execute(body, visitor);
  }

  @Post('password-resets')
  @HttpCode(204)
  @ApiOperation({ summary: '重置密码 · Reset a forgotten password' })
  @ApiNoContentResponse({ description: 'The password is changed and every session ended' })
  @Refuses(PASSWORD_LENGTH, PASSWORD_TOO_COMMON, PASSWORD_PERSONAL)
  @Refuses(PHONE_INVALID, EMAIL_INVALID, CODE_INVALID)
  @Refuses(FIELD_INVALID, MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  async reset(
    @Body() body: ResetPasswordFields,
    @Sender() visitor: Visitor,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    this.devices.send(request, response, await this.resetPassword.execute(body, visitor));
  }
}
