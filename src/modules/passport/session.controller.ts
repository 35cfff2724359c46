import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { CandidateActor } from '../../kernel/actor.js';
import { Config } from '../../platform/config.js';
import { cookieOf } from '../../platform/http/cookies.js';
import { Devices } from '../../platform/http/devices.js';
import { Idempotent } from '../../platform/http/idempotency.js';
import {
  BODY_TOO_LARGE,
  FIELD_INVALID,
  FOREIGN_ORIGIN,
  MALFORMED_REQUEST,
  NOT_FOUND,
  TRY_AGAIN,
} from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { SESSION_COOKIE } from '../../platform/http/session-token.js';
import { CHALLENGE_FAILED, CHALLENGE_TOO_EASY } from './challenge.rules.js';
import { EndSession } from './end-session.use-case.js';
import { ListSessions } from './list-sessions.use-case.js';
import { OwnPageGuard } from './own-page.guard.js';
import { SignInFields } from './passport.dto.js';
import { LOGIN_FAILED, LOGIN_GUESSED_TOO_OFTEN } from './password.rules.js';
import { SessionOpenedShown, SessionsShown } from './shown.dto.js';
import { SignIn } from './sign-in.use-case.js';
import { Candidate, SignedIn, SignedInWithAnyPassword } from './signed-in.js';
import { Sender, type Visitor } from './visitor.js';

@ApiTags('通行证 · Passport')
@Controller('passport/sessions')
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly listSessions: ListSessions,
    private readonly endSession: EndSession,
    private readonly config: Config,
    private readonly devices: Devices,
  ) {}

  @Post()
  @UseGuards(OwnPageGuard)
  @Idempotent()
  @ApiOperation({ summary: '登录 · Sign in' })
  @ApiCreatedResponse({
    type: SessionOpenedShown,
    description: `Also sets the cookie \`${SESSION_COOKIE}\`, by https \`__Host-${SESSION_COOKIE}\``,
  })
  @Refuses(CHALLENGE_FAILED, CHALLENGE_TOO_EASY, LOGIN_FAILED, LOGIN_GUESSED_TOO_OFTEN, FOREIGN_ORIGIN)
  @Refuses(FIELD_INVALID, MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  async open(
    @Body() body: SignInFields,
    @Sender() visitor: Visitor,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionOpenedShown> {
    const { session, device } = await this.signIn.execute(body, visitor);
    const { name, ...options } = this.cookie(request);
    response.cookie(name, session.token, { ...options, expires: new Date(session.expiresAt) });
    this.devices.send(request, response, device);
    return session;
  }

  @Get()
  @SignedIn()
  @ApiOperation({ summary: '已登录的会话 · Sessions' })
  @ApiOkResponse({ type: SessionsShown })
  @Refuses(TRY_AGAIN)
  list(@Candidate() actor: CandidateActor): Promise<SessionsShown> {
    return this.listSessions.execute(actor);
  }

  @Delete('current')
  @HttpCode(204)
  @SignedInWithAnyPassword()
  @ApiOperation({ summary: '退出登录 · Sign out' })
  @ApiNoContentResponse({ description: 'The session this call came with is ended' })
  @Refuses(TRY_AGAIN)
  async endCurrent(
    @Candidate() actor: CandidateActor,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.endSession.execute({ sessionId: actor.sessionId }, actor);
    const { name, ...options } = this.cookie(request);
    response.clearCookie(name, options);
  }

  @Delete(':id')
  @HttpCode(204)
  @SignedIn()
  @ApiParam({ name: 'id', description: 'Session' })
  @ApiOperation({ summary: '结束某个会话 · End a session' })
  @ApiNoContentResponse({ description: 'It is ended' })
  @Refuses(NOT_FOUND, TRY_AGAIN)
  end(@Param('id') id: string, @Candidate() actor: CandidateActor): Promise<void> {
    return this.endSession.execute({ sessionId: id }, actor);
  }

  private cookie({ secure }: Request) {
    const cookie = cookieOf(this.config, SESSION_COOKIE);
    return { ...cookie, secure: cookie.secure || secure };
  }
}
