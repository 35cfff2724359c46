import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { BODY_TOO_LARGE, NOT_FOUND, TOO_MANY_ATTEMPTS, TRY_AGAIN } from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { Sender, type Visitor } from '../passport/index.js';
import { ReceiveMessage } from './receive-message.use-case.js';

@ApiTags('支付 · Payment')
@Controller('payment/notifications')
export class PaymentNotificationController {
  constructor(private readonly receiveMessage: ReceiveMessage) {}

  @Post(':gateway')
  @ApiOperation({
    summary: '支付平台通知 · A platform’s signed message, answered in the platform’s own form',
  })
  @ApiParam({ name: 'gateway', description: 'Name of the gateway', example: 'alipay' })
  @ApiBody({ description: 'As the platform sends it', schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({
    description: 'Understood: applied, known already, or recorded for a refund',
    content: { 'text/plain': { schema: { type: 'string', example: 'success' } } },
  })
  @ApiBadRequestResponse({
    description:
      'Refused and recorded: bad signature, a field that does not hold, unknown order, a trade that paid another order, or wrong amount; nothing changed',
    content: { 'text/plain': { schema: { type: 'string', example: 'failure' } } },
  })
  @Refuses(NOT_FOUND, BODY_TOO_LARGE, TOO_MANY_ATTEMPTS, TRY_AGAIN)
  async receive(
    @Param('gateway') gateway: string,
    @Req() { body, headers }: Request,
    @Sender() { network }: Visitor,
    @Res() response: Response,
  ): Promise<void> {
    // the parser leaves the bytes of these calls alone; without a body there are none
    const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const reply = await this.receiveMessage.execute({ gateway, rawBody, headers, address: network });
    response.status(reply.status).type(reply.contentType).send(reply.body);
  }
}
