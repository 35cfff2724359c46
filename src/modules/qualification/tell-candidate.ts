import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { TellHolder } from '../passport/index.js';
import type { Cet6ReviewMessage } from './cet6-review.messages.js';

/** Tells a candidate what the school decided. */
@Injectable()
export class TellCandidate {
  constructor(private readonly tellHolder: TellHolder) {}

  /** In the transaction of the decision: there is never one without the other. */
  execute(tx: Tx, accountId: string, message: Cet6ReviewMessage): Promise<void> {
    return this.tellHolder.execute(tx, accountId, { template: 'cet6-review.decided', ...message });
  }
}
