import { Body, Controller, Get, HttpCode, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import {
  ApiConsumes,
  ApiExcludeEndpoint,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Config } from '../../../../platform/config.js';
import {
  BODY_TOO_LARGE,
  FIELD_INVALID,
  MALFORMED_REQUEST,
  NOT_FOUND,
  TRY_AGAIN,
} from '../../../../platform/http/refusals.js';
import { Refuses } from '../../../../platform/http/refuses.js';
import { PaySandboxTrade } from './pay-sandbox-trade.use-case.js';
import { PaySandboxBody, SandboxPaymentShown } from './sandbox.dto.js';
import { SandboxPageFilter, sendsJson } from './sandbox-page.filter.js';
import { sendPage } from './sandbox-page.js';
import { TRADE_CLOSED } from './sandbox-trade.rules.js';
import { ShowSandboxTrade } from './show-sandbox-trade.use-case.js';
import { pageOf } from './trade-pages.js';

@ApiTags('沙箱支付平台 · Sandbox payment platform')
@Controller('sandbox-pay')
@UseFilters(SandboxPageFilter)
@ApiParam({ name: 'neeaId', description: 'NEEA ID of the order' })
export class SandboxController {
  constructor(
    private readonly showTrade: ShowSandboxTrade,
    private readonly payTrade: PaySandboxTrade,
    private readonly config: Config,
  ) {}

  @Get(':neeaId')
  @ApiOperation({ summary: '沙箱支付页面 · The page to pay on; no real money' })
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'A page, also when the order cannot be paid' })
  async page(@Param('neeaId') neeaId: string, @Res() response: Response): Promise<void> {
    sendPage(response, pageOf(await this.showTrade.execute(neeaId)), this.config);
  }

  /** The result's address, loaded again by itself. */
  @Get(':neeaId/pay')
  @ApiExcludeEndpoint()
  pageAgain(@Param('neeaId') neeaId: string, @Res() response: Response): void {
    response.redirect(303, `/sandbox-pay/${encodeURIComponent(neeaId)}`);
  }

  @Post(':neeaId/pay')
  @HttpCode(200)
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded')
  @ApiOperation({ summary: '沙箱支付 · Pay; answers JSON with JSON, the page’s form with a page' })
  @ApiOkResponse({ type: SandboxPaymentShown })
  @Refuses(NOT_FOUND, TRADE_CLOSED, FIELD_INVALID, MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  async pay(
    @Param('neeaId') neeaId: string,
    @Body() { method, notify = 'NOW' }: PaySandboxBody,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const trade = await this.payTrade.execute({ neeaId, method, notify });
    const { state, tradeNumber } = trade;
    if (sendsJson(request)) response.json({ neeaId, state, tradeNumber } satisfies SandboxPaymentShown);
    else sendPage(response, pageOf(trade), this.config);
  }
}
