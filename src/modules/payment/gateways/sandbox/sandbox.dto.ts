import { EnumField, Shown } from '../../../../platform/http/fields.js';
import { NOTIFY_MODES, type NotifyMode } from './pay-sandbox-trade.use-case.js';
import { SANDBOX_METHOD_CODES, type SandboxMethodCode } from './sandbox-methods.js';

export class PaySandboxBody {
  @EnumField({
    description: '支付方式',
    values: SANDBOX_METHOD_CODES,
    name: 'SandboxMethod',
    example: 'ALIPAY',
  })
  method: SandboxMethodCode;

  @EnumField({
    description:
      'When the registration hears of it: NOW (the default; before this answer), LATER (after ' +
      'SANDBOX_LATE_SECONDS), TWICE, or NEVER',
    values: NOTIFY_MODES,
    name: 'SandboxNotify',
    optional: true,
  })
  notify?: NotifyMode;
}

export class SandboxPaymentShown {
  @Shown('NEEA ID')
  neeaId: string;
  @Shown('State of the trade', { enum: ['PAID'] })
  state: string;
  @Shown('The platform’s number of the payment')
  tradeNumber: string;
}
