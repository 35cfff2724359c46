import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
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
import { HasAgreed } from '../qualification/index.js';
import {
  GATEWAY_UNAVAILABLE,
  LOCKED_BY_SCHOOL,
  NOT_REGISTERED,
  WRITTEN_REQUIRED,
  WRITTEN_UNPAID,
} from '../registration/index.js';
import { OpenOrder } from './open-order.use-case.js';
import { OpenOrderBody, OrderShown, OrdersShown } from './payment.dto.js';
import {
  NO_PAYMENT_METHOD,
  NOTHING_TO_PAY,
  PAYMENT_DEADLINE_PASSED,
  PAYMENT_PERIOD_OVER,
  REPORT_FORM_MISSING,
} from './payment-order.rules.js';
import { RefreshOrder } from './refresh-order.use-case.js';
import { ShowOrders } from './show-orders.use-case.js';

@ApiTags('支付 · Payment')
@Controller('payment/orders')
@HasAgreed()
export class PaymentController {
  constructor(
    private readonly openOrder: OpenOrder,
    private readonly showOrders: ShowOrders,
    private readonly refreshOrder: RefreshOrder,
  ) {}

  @Post()
  @Idempotent()
  @ApiOperation({
    summary:
      '支付 · Open an order for all that is unpaid of one kind; the open one again if nothing has changed',
  })
  @ApiCreatedResponse({ type: OrderShown })
  @Refuses(
    NOT_REGISTERED,
    NOTHING_TO_PAY,
    NO_PAYMENT_METHOD,
    PAYMENT_PERIOD_OVER,
    PAYMENT_DEADLINE_PASSED,
    LOCKED_BY_SCHOOL,
    WRITTEN_REQUIRED,
    WRITTEN_UNPAID,
    REPORT_FORM_MISSING,
    GATEWAY_UNAVAILABLE,
    TOO_MANY_ATTEMPTS,
    FIELD_INVALID,
    MALFORMED_REQUEST,
    BODY_TOO_LARGE,
    TRY_AGAIN,
  )
  async open(@Body() body: OpenOrderBody, @Candidate() actor: CandidateActor): Promise<OrderShown> {
    const { orderId, checkoutUrl } = await this.openOrder.execute(body, actor);
    return { ...(await this.show(orderId, actor)), checkoutUrl };
  }

  @Get()
  @ApiOperation({ summary: '查看订单 · My orders' })
  @ApiOkResponse({ type: OrdersShown })
  @Refuses(TRY_AGAIN)
  async list(@Candidate() actor: CandidateActor): Promise<OrdersShown> {
    return { items: await this.showOrders.execute({}, actor) };
  }

  @Get(':id')
  @ApiParam({ name: 'id', description: 'Order' })
  @ApiOperation({ summary: '查看订单详情 · One of my orders' })
  @ApiOkResponse({ type: OrderShown })
  @Refuses(NOT_FOUND, TRY_AGAIN)
  async show(@Param('id') orderId: string, @Candidate() actor: CandidateActor): Promise<OrderShown> {
    const [order] = await this.showOrders.execute({ orderId }, actor);
    return order!;
  }

  @Post(':id/refresh')
  @HttpCode(200)
  @ApiParam({ name: 'id', description: 'Order' })
  @ApiOperation({ summary: '更新 · Ask the payment platform for the truth' })
  @ApiOkResponse({ type: OrderShown })
  @Refuses(NOT_FOUND, GATEWAY_UNAVAILABLE, TOO_MANY_ATTEMPTS, MALFORMED_REQUEST, BODY_TOO_LARGE, TRY_AGAIN)
  async refresh(@Param('id') orderId: string, @Candidate() actor: CandidateActor): Promise<OrderShown> {
    await this.refreshOrder.execute({ orderId }, actor);
    return this.show(orderId, actor);
  }
}
