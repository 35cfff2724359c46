import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import type { Account } from '../passport/index.js';
import { type Registration, RegistrationRepository } from '../registration/index.js';
import type { OwnerChange } from './owner-change.entity.js';
import { OwnerChangeRepository } from './owner-change.repository.js';
import { theRegistrationIsLive } from './owner-change.rules.js';

/** What the changes of owners begin with, and what they leave. */
@Injectable()
export class OwnedRegistrations {
  constructor(
    private readonly registrations: RegistrationRepository,
    private readonly changes: OwnerChangeRepository,
  ) {}

  /** A registration of the school's own students. @throws NOT_FOUND, REGISTRATION_ENDED */
  async ofStaff(reader: Reader, id: string, actor: StaffActor): Promise<Registration> {
    const registration = (await this.registrations.byIds(reader, [id])).get(id);
    if (!registration || !covers(scopeOf(actor), registration.details)) throw NOT_FOUND();
    theRegistrationIsLive(registration);
    return registration;
  }

  /** Keeps what is done, or asked for. @throws OWNER_CHANGE_WAITING */
  async note(
    tx: Tx,
    actor: StaffActor,
    change: Pick<OwnerChange, 'kind' | 'state' | 'recordId' | 'fromAccountId' | 'reason' | 'sittingId'> &
      Partial<Pick<OwnerChange, 'registrationId' | 'toAccountId' | 'proof' | 'phone'>>,
    student: Pick<OwnerChange, 'documentType' | 'documentNumber' | 'name' | 'provinceCode' | 'schoolCode'>,
  ): Promise<OwnerChange> {
    const { documentType, documentNumber, name, provinceCode, schoolCode } = student;
    const row: OwnerChange = {
      id: newId(),
      registrationId: null,
      toAccountId: null,
      proof: null,
      phone: null,
      ...change,
      provinceCode,
      schoolCode,
      documentType,
      documentNumber,
      name,
      requestedBy: actor.staffId,
      requesterInvitedBy: actor.invitedBy ?? null,
      requestedAt: tx.now,
      decidedBy: null,
      decidedAt: change.state === 'DONE' ? tx.now : null,
      decisionReason: null,
    };
    await this.changes.add(tx, row);
    return row;
  }
}

/** Of an account, for the audit trail, which masks it. */
export function holderFacts({ id, phone, email }: Pick<Account, 'id' | 'phone' | 'email'>) {
  return { accountId: id, phone, email };
}
