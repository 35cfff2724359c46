import { Injectable, Logger } from '@nestjs/common';
import { SECONDS } from '../../../kernel/clock.js';
import { NOT_FOUND } from '../../../platform/http/refusals.js';
import { GATEWAY_UNAVAILABLE } from '../../registration/index.js';
import type {
  OrderForPlatform,
  PaymentGateway,
  PaymentMethod,
  PlatformAnswer,
  PlatformRefund,
} from './payment-gateway.js';

const PATIENCE_MS = 10 * SECONDS;

type Via = { readonly gateway: string };

export interface GatewaysHere {
  /** The first takes new orders; there may be none. */
  readonly inService: readonly PaymentGateway[];
  /** Schools' transfers: no candidate pays by one. */
  readonly transfers: PaymentGateway;
  /** Switched off, but for the orders they have. */
  readonly retired: readonly PaymentGateway[];
}

/** The gateways by name. Each call of a platform ends in bounded time; without an answer it is GATEWAY_UNAVAILABLE. */
@Injectable()
export class PaymentGateways {
  private readonly logger = new Logger(PaymentGateways.name);
  private readonly byName: ReadonlyMap<string, PaymentGateway>;

  constructor(private readonly here: GatewaysHere) {
    const { inService, transfers, retired } = here;
    this.byName = new Map([...inService, transfers, ...retired].map((gateway) => [gateway.name, gateway]));
  }

  /** What candidates' new orders are paid through; undefined where nobody can pay. */
  get chosen(): PaymentGateway | undefined {
    return this.here.inService.find(({ methods }) => methods.length > 0);
  }

  /** Can an order of this gateway be paid? Where it is switched off nobody can any more. */
  isInService({ gateway }: Via): boolean {
    return this.here.inService.some(({ name }) => name === gateway);
  }

  /** Whose messages are taken in. @throws NOT_FOUND */
  receiving(name: string): PaymentGateway {
    const gateway = this.byName.get(name);
    if (!gateway || this.here.retired.includes(gateway)) throw NOT_FOUND();
    return gateway;
  }

  /** @throws Error for a gateway that is not here, not even as a retired one */
  named(name: string): PaymentGateway {
    const gateway = this.byName.get(name);
    if (!gateway) throw new Error(`There is no gateway ${name} here.`);
    return gateway;
  }

  /** How an order can be paid now. */
  methodsFor(order: Via): readonly PaymentMethod[] {
    return this.isInService(order) ? this.named(order.gateway).methods : [];
  }

  /** How an order was paid, in words; its code where its gateway has gone. */
  method({ gateway }: Via, code: string): PaymentMethod {
    const method = this.byName.get(gateway)?.methods.find((one) => one.code === code);
    return method ?? { code, name: code };
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
