import type { Type } from '@nestjs/common';
import type { Config } from '../../../platform/config.js';
import type { PaymentGateway } from './payment-gateway.js';

/**
 * What a platform's folder hands over: a gateway, the module with all that goes with it (pages, jobs, books), and where
 * it is there at all. A platform that is off is not loaded.
 */
export interface InstalledGateway {
  readonly isOn: (config: Config) => boolean;
  /** Exports the gateway. */
  readonly module: Type;
  readonly gateway: Type<PaymentGateway>;
  /**
   * Answers for the orders that were made while it was on. Without one they wait until it is on again, and keep their
   * seats: only a platform that has never taken money can be answered for.
   */
  readonly whenOff?: Type<PaymentGateway>;
}
