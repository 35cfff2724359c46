import { Body, Controller, Get, HttpCode, Patch, Post, Put, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { CandidateActor } from '../../kernel/actor.js';
import { DOCUMENT_NUMBER_INVALID, DOCUMENT_TYPE_NOT_ACCEPTED } from '../../kernel/document-number.rules.js';
import { EMAIL_INVALID } from '../../kernel/email-address.rules.js';
import { NAME_ILLEGIBLE } from '../../kernel/person-name.rules.js';
import { Devices } from '../../platform/http/devices.js';
import {
  BODY_TOO_LARGE,
  FIELD_INVALID,
  MALFORMED_REQUEST,
  TOO_MANY_ATTEMPTS,
  TRY_AGAIN,
} from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { EMAIL_TAKEN, PHONE_TAKEN } from './account.rules.js';
import { BindEmail } from './bind-email.use-case.js';
import { BindPhone } from './bind-phone.use-case.js';
import { ChangePassword } from './change-password.use-case.js';
import { PHONE_INVALID } from './contact.rules.js';
import { EditProfile } from './edit-profile.use-case.js';
import { CODE_INVALID, FIRST_CODE_NEEDED, FIRST_CODE_UNNEEDED } from './one-time-code.rules.js';
import { BindEmailFields, BindPhoneFields, ChangePasswordFields, EditProfileFields } from './passport.dto.js';
import {
  CURRENT_PASSWORD_MISSING,
  CURRENT_PASSWORD_WRONG,
  PASSWORD_LENGTH,
  PASSWORD_PERSONAL,
  PASSWORD_TOO_COMMON,
  PASSWORD_UNCHANGED,
} from './password.rules.js';
import { SendFirstCode } from './send-first-code.use-case.js';
import { ShowAccount } from './show-account.use-case.js';
import { AccountShown, FirstCodeSentShown } from './shown.dto.js';
import { Candidate, SignedIn, SignedInWithAnyPassword } from './signed-in.js';
import { Sender, type Visitor } from './visitor.js';

@ApiTags('通行证 · Passport')
@Controller('passport/account')
export class AccountController {
  constructor(
    private readonly showAccount: ShowAccount,
    private readonly editProfile: EditProfile,
    private readonly bindPhone: BindPhone,
    private readonly bindEmail: BindEmail,
    private readonly changePassword: ChangePassword,
    private readonly sendFirstCode: SendFirstCode,
    private readonly devices: Devices,
  ) {}

  @Get()
  @SignedInWithAnyPassword()
  @ApiOperation({ summary: '我的账号 · My account' })
  @ApiOkResponse({ type: AccountShown })
  @Refuses(TRY_AGAIN)
  show(@Candidate() actor: CandidateActor): Promise<AccountShown> {
    return this.showAccount.execute(actor);
  }

  @Patch()
  @SignedIn()
  @ApiOperation({ summary: '修改资料 · Edit the profile' })
  @ApiOkResponse({ type: AccountShown })
  @Refuses(DOCUMENT_TYPE_NOT_ACCEPTED, DOCUMENT_NUMBER_INVALID, NAME_ILLEGIBLE)
  @Refuses(FIELD_INVALID, MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  edit(@Body() body: EditProfileFields, @Candidate() actor: CandidateActor): Promise<AccountShown> {
    return this.editProfile.execute(body, actor);
  }

  @Put('phone')
  @SignedIn()
  @ApiOperation({ summary: '绑定或更换手机号 · Bind or change the mobile number' })
  @ApiOkResponse({ type: AccountShown })
  @Refuses(PHONE_INVALID, CODE_INVALID, PHONE_TAKEN, TOO_MANY_ATTEMPTS)
  @Refuses(CURRENT_PASSWORD_MISSING, CURRENT_PASSWORD_WRONG)
  @Refuses(FIELD_INVALID, MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  phone(
    @Body() body: BindPhoneFields,
    @Candidate() actor: CandidateActor,
    @Sender() visitor: Visitor,
  ): Promise<AccountShown> {
    return this.bindPhone.execute(body, actor, visitor);
  }

  @Put('email')
  @SignedIn()
  @ApiOperation({ summary: '绑定或更换邮箱 · Bind or change the e-mail address' })
  @ApiOkResponse({ type: AccountShown })
  @Refuses(EMAIL_INVALID, CODE_INVALID, EMAIL_TAKEN, TOO_MANY_ATTEMPTS)
  @Refuses(CURRENT_PASSWORD_MISSING, CURRENT_PASSWORD_WRONG)
  @Refuses(FIELD_INVALID, MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  email(
    @Body() body: BindEmailFields,
    @Candidate() actor: CandidateActor,
    @Sender() visitor: Visitor,
  ): Promise<AccountShown> {
    return this.bindEmail.execute(body, actor, visitor);
  }

  @Post('first-code')
  @SignedInWithAnyPassword()
  @HttpCode(202)
  @ApiOperation({
    summary: '首次登录：获取短信验证码 · First sign-in: send a code to the number the school has',
  })
  @ApiAcceptedResponse({ type: FirstCodeSentShown })
  @Refuses(FIRST_CODE_UNNEEDED, TOO_MANY_ATTEMPTS, MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  firstCode(@Candidate() actor: CandidateActor, @Sender() visitor: Visitor): Promise<FirstCodeSentShown> {
    return this.sendFirstCode.execute(actor, visitor);
  }

  @Put('password')
  @SignedInWithAnyPassword()
  @HttpCode(204)
  @ApiOperation({ summary: '修改密码 · Change the password' })
  @ApiNoContentResponse({ description: 'The password is changed and the other sessions ended' })
  @Refuses(PASSWORD_LENGTH, PASSWORD_TOO_COMMON, PASSWORD_PERSONAL, PASSWORD_UNCHANGED)
  @Refuses(CURRENT_PASSWORD_WRONG, TOO_MANY_ATTEMPTS)
  @Refuses(FIRST_CODE_NEEDED, CODE_INVALID)
  @Refuses(FIELD_INVALID, MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  async password(
    @Body() body: ChangePasswordFields,
    @Candidate() actor: CandidateActor,
    @Sender() visitor: Visitor,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    this.devices.send(request, response, await this.changePassword.execute(body, actor, visitor));
  }
}
