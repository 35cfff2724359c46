import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../../../platform/http/refusals.js';
import type { SandboxTrade } from './sandbox-trade.entity.js';
import { SandboxTradeRepository } from './sandbox-trade.repository.js';

/** What the platform's page shows to whoever knows the NEEA ID. */
@Injectable()
export class ShowSandboxTrade {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trades: SandboxTradeRepository,
  ) {}

  /** @throws NOT_FOUND */
  async execute(neeaId: string): Promise<SandboxTrade> {
    const trade = await this.trades.byNeeaId(this.unitOfWork.read(), neeaId);
    if (!trade) throw NOT_FOUND();
    return trade;
  }
}
