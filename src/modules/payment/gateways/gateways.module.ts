import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../../../platform/config.js';
import { BankTransferGateway } from './bank-transfer-gateway.js';
import { INSTALLED_GATEWAYS } from './installed-gateways.js';
import type { PaymentGateway } from './payment-gateway.js';
import { PaymentGateways } from './payment-gateways.js';

/** The platforms of this installation. Global: what a platform's folder brings, and payment, need each other's services. */
@Module({})
export class GatewaysModule {
  static register(config: Config): DynamicModule {
    const on = INSTALLED_GATEWAYS.filter(({ isOn }) => isOn(config));
    const inService = on.map(({ gateway }) => gateway);
    const retired = INSTALLED_GATEWAYS.flatMap(({ isOn, whenOff }) =>
      whenOff && !isOn(config) ? [whenOff] : [],
    );
    return {
      module: GatewaysModule,
      global: true,
      imports: on.map(({ module }) => module),
      providers: [
        BankTransferGateway,
        ...retired,
        {
          provide: PaymentGateways,
          useFactory: (transfers: BankTransferGateway, ...others: PaymentGateway[]) =>
            new PaymentGateways({
              inService: others.slice(0, inService.length),
              transfers,
              retired: others.slice(inService.length),
            }),
          inject: [BankTransferGateway, ...inService, ...retired],
        },
      ],
      exports: [PaymentGateways],
    };
  }
}
