import { Injectable, Logger } from '@nestjs/common';
import { SECONDS } from '../../../kernel/clock.js';
import { NOT_FOUND } from '../../../platform/http/refusals.js';
import { GATEWAY_UNAVAILABLE } from '../../registration/index.js';
import type { OrderForPlatform, PaymentGateway, PlatformAnswer, PlatformRefund } from './payment-gateway.js';

const PATIENCE_MS = 10 * SECONDS;

type Via = { readonly gateway: string };

/** The gateways by name. Each call of a platform ends in bounded time; without an answer it is GATEWAY_UNAVAILABLE. */
@Injectable()
export class PaymentGateways {
  private readonly logger = new Logger(PaymentGateways.name);
  private readonly byName: ReadonlyMap<string, PaymentGateway>;

  /** The first is the one new orders are paid through. */
  constructor(private readonly gateways: readonly [PaymentGateway, ...PaymentGateway[]]) {
    this.byName = new Map(gateways.map((gateway) => [gateway.name, gateway]));
  }

  /** What new orders are paid through. */
  get chosen(): PaymentGateway {
    return this.gateways[0];
  }

  /** @throws NOT_FOUND */
  named(name: string): PaymentGateway {
    const gateway = this.byName.get(name);
    if (!gateway) throw NOT_FOUND();
    return gateway;
  }

  /** @throws GATEWAY_UNAVAILABLE */
  create(order: OrderForPlatform & Via): Promise<string> {
    return this.answer(order, (gateway) => gateway.create(order), isPage);
  }

  /** @throws GATEWAY_UNAVAILABLE */
  query(order: { neeaId: string } & Via): Promise<PlatformAnswer> {
    return this.answer(order, (gateway) => gateway.query(order.neeaId), isAnswer);
  }

  /** @throws GATEWAY_UNAVAILABLE */
  close(order: { neeaId: string } & Via): Promise<'CLOSED' | 'PAID'> {
    return this.answer(order, (gateway) => gateway.close(order.neeaId), isClosing);
  }

  /** @throws GATEWAY_UNAVAILABLE */
  refund(refund: PlatformRefund & Via): Promise<void> {
    return this.answer(
      refund,
      (gateway) => gateway.refund(refund),
      () => true,
    );
  }

  /** What comes in another form than the port's is no answer either. */
  private async answer<T>(
    { gateway }: Via,
    ask: (gateway: PaymentGateway) => Promise<T>,
    isOne: (answer: unknown) => boolean,
  ): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      const answer = await Promise.race([ask(this.named(gateway)), tooLate]);
      if (!isOne(answer)) throw new Error('an answer of another form');
      return answer;
    } catch (error) {
      this.logger.warn(`The gateway ${gateway} did not answer: ${String(error)}`);
      throw GATEWAY_UNAVAILABLE({ retryAfterSeconds: 5 });
    } finally {
      clearTimeout(timer);
    }
  }
}

const ANSWERS: readonly unknown[] = [
  'PAID',
  'WAITING',
  'CLOSED',
  'UNKNOWN',
] satisfies PlatformAnswer['state'][];
const CLOSINGS: readonly unknown[] = ['CLOSED', 'PAID'];
const LONGEST_ADDRESS = 2_000;

function isAnswer(answer: unknown): boolean {
  return ANSWERS.includes((answer as PlatformAnswer | undefined)?.state);
}

function isClosing(answer: unknown): boolean {
  return CLOSINGS.includes(answer);
}

/** The candidate's browser goes there. */
function isPage(address: unknown): boolean {
  if (typeof address !== 'string' || address.length > LONGEST_ADDRESS || !URL.canParse(address)) return false;
  return ['https:', 'http:'].includes(new URL(address).protocol);
}
