import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type SecurityFacts, SecurityLog } from '../../platform/security-log.js';
import { AuditTrail } from '../audit/index.js';
import { contactFrom } from '../passport/index.js';
import { RegistrationRepository } from '../registration/index.js';
import { OwnedRegistrations } from './owned-registrations.js';
import type { OwnerChange } from './owner-change.entity.js';
import { ProvenOwner } from './proven-owner.js';

export interface RequestRegistrationMoveCommand extends Shown {
  registrationId: string;
  /** Bound to the account of the student, who says so. */
  phone: string;
  /** The student has shown a document. */
  inPerson: boolean;
  reason: string;
}

/**
 * A student's registration is to go to the account of its owner with all it holds, paid or not: one member of staff asks
 * for it, and nothing moves before a second one confirms (`DecideOwnerChange`).
 */
@Injectable()
export class RequestRegistrationMove {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly owned: OwnedRegistrations,
    private readonly owner: ProvenOwner,
    private readonly registrations: RegistrationRepository,
    private readonly auditTrail: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /**
   * @throws NOT_YOUR_ROLE, PHONE_INVALID, NOT_FOUND, REGISTRATION_ENDED, OWNER_NOT_PROVEN, OWNER_HAS_IT,
   * OWNER_REGISTERED_ALREADY, OWNER_CHANGE_WAITING, ROWS_CHANGED_MEANWHILE
   */
  execute(command: RequestRegistrationMoveCommand, actor: StaffActor): Promise<OwnerChange> {
    const { staffId: by, address } = actor;
    return this.security.during('passport.owner-change', { purpose: 'MOVE', by, address }, async (known) => {
      const asked = await this.ask(command, actor, known);
      known.outcome = asked.state;
      return asked;
    });
  }

  private async ask(
    command: RequestRegistrationMoveCommand,
    actor: StaffActor,
    known: SecurityFacts,
  ): Promise<OwnerChange> {
    onlyStaffOf(actor, 'SCHOOL');
    const { target: phone } = contactFrom('SMS', command.phone, 'phone');
    const { registrationId, inPerson, reason, asShown } = command;
    return this.unitOfWork.run(async (tx) => {
      await this.owned.ofStaff(tx, registrationId, actor);
      const registration = await this.registrations.lock(tx, registrationId);
      known.accountId = registration.accountId;
      await asShown?.(tx);
      const { account, proof } = await this.owner.at(tx, registration, { phone, inPerson });

      const { accountId, recordId, sittingId, details } = registration;
      const change = { kind: 'MOVE', state: 'REQUESTED', reason, fromAccountId: accountId } as const;
      const asked = await this.owned.note(
        tx,
        actor,
        { ...change, toAccountId: account.id, proof, registrationId, recordId, sittingId },
        details,
      );
      const { name, documentNumber, provinceCode, schoolCode } = details;
      await this.auditTrail.record(tx, actor, {
        action: 'registration.request-move',
        rowId: registrationId,
        provinceCode,
        schoolCode,
        after: { name, documentNumber, accountId: account.id, phone, proof, reason },
      });
      return asked;
    });
  }
}
