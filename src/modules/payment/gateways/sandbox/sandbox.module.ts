import { Module } from '@nestjs/common';
import { DeliverSandboxMessage } from './deliver-sandbox-message.js';
import { PaySandboxTrade } from './pay-sandbox-trade.use-case.js';
import { SandboxController } from './sandbox.controller.js';
import { SandboxJobs } from './sandbox.jobs.js';
import { SandboxGateway } from './sandbox-gateway.js';
import { SandboxMessages } from './sandbox-messages.js';
import { SandboxTradeRepository } from './sandbox-trade.repository.js';
import { SendSandboxMessages } from './send-sandbox-messages.use-case.js';
import { ShowSandboxTrade } from './show-sandbox-trade.use-case.js';

/** The sandbox platform's pages, messages and books. */
@Module({
  controllers: [SandboxController],
  providers: [
    SandboxTradeRepository,
    SandboxMessages,
    SandboxGateway,
    ShowSandboxTrade,
    PaySandboxTrade,
    DeliverSandboxMessage,
    SendSandboxMessages,
    SandboxJobs,
  ],
  exports: [SandboxGateway],
})
export class SandboxModule {}
