import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import { AgreementRepository } from '../sitting/index.js';
import { agreementSaysSomethingNew, theNewestVersionWasRead } from './agreement.rules.js';

export interface NewAgreement {
  /** The version this one was written from: two who write at once do not overwrite each other. */
  basedOn: number;
  textZh: string;
  textEn: string;
}

/**
 * R-QU-1: central staff publish a new version of the agreement, which asks every candidate again at their next step. A
 * version that has been published is never changed: people have accepted its words.
 */
@Injectable()
export class PublishAgreement {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agreements: AgreementRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** Gives the new version's number. @throws NOT_YOUR_ROLE, AGREEMENT_CHANGED_MEANWHILE, AGREEMENT_UNCHANGED */
  execute({ basedOn, ...texts }: NewAgreement, actor: StaffActor): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'CENTRAL');
      const current = await this.agreements.lockCurrent(tx);
      theNewestVersionWasRead(basedOn, current.version);
      const { textZh, textEn } = { textZh: tidied(texts.textZh), textEn: tidied(texts.textEn) };
      agreementSaysSomethingNew({ textZh, textEn }, current);
      const version = current.version + 1;
      await this.agreements.add(tx, { version, textZh, textEn });
      await this.auditTrail.record(tx, actor, {
        action: 'agreement.publish',
        rowId: String(version),
        before: { version: current.version, textZh: current.textZh, textEn: current.textEn },
        after: { version, textZh, textEn },
      });
      return version;
    });
  }
}

/** One point a line, as browsers and editors may send it. */
function tidied(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}
