import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import { AccountRepository, AccountsOfStudents, SessionRepository, TellHolder } from '../passport/index.js';
import { LookedUpRecords, MoveCet6Review } from '../qualification/index.js';
import { type Registration, RegistrationRepository } from '../registration/index.js';
import { holderFacts } from './owned-registrations.js';
import type { OwnerChange } from './owner-change.entity.js';
import { MOVED_AWAY, MOVED_HERE } from './owner-change.messages.js';
import { itIsStillAsRequested } from './owner-change.rules.js';
import { ProvenOwner } from './proven-owner.js';

/**
 * A registration goes to the account of its owner. Whatever hangs on it goes along: enrolments paid and unpaid, orders,
 * places in queues, preferences, tickets; the claim to have passed CET4, and the document it is signed in with, too.
 */
@Injectable()
export class MoveRegistration {
  constructor(
    private readonly registrations: RegistrationRepository,
    private readonly owner: ProvenOwner,
    private readonly accounts: AccountRepository,
    private readonly students: AccountsOfStudents,
    private readonly lookedUp: LookedUpRecords,
    private readonly moveReview: MoveCet6Review,
    private readonly sessions: SessionRepository,
    private readonly tellHolder: TellHolder,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws OWNER_CHANGE_OUTDATED, OWNER_NOT_PROVEN, OWNER_HAS_IT, OWNER_REGISTERED_ALREADY */
  async execute(tx: Tx, change: OwnerChange, actor: StaffActor): Promise<void> {
    const registration = await this.registrations.lockIfActive(tx, change.registrationId!);
    itIsStillAsRequested(change, registration);
    const from = await this.accounts.loadForUpdate(tx, change.fromAccountId);
    const to = await this.accounts.loadForUpdate(tx, change.toAccountId!);
    const inPerson = change.proof === 'IN_PERSON';
    await this.owner.at(tx, registration, { phone: to.phone ?? '', inPerson });

    const { sittingId, recordId, details } = registration;
    await this.registrations.moveTo(tx, registration, to.id);
    await this.lookedUp.unconfirm(tx, from.id, sittingId);
    await this.lookedUp.confirm(tx, to.id, sittingId, recordId);
    await this.moveReview.execute(tx, { from: from.id, to: to.id, student: details });
    await this.students.takeLogin(tx, from, details);
    await this.students.letSignInAs(tx, to, details);
    await this.sessions.endAll(tx, from.id);
    await this.tellHolder.execute(tx, from.id, MOVED_AWAY);
    await this.tellHolder.execute(tx, to.id, MOVED_HERE);
    await this.leaveTrace(tx, registration, change, actor, {
      before: holderFacts(from),
      after: holderFacts(to),
    });
  }

  private leaveTrace(
    tx: Tx,
    { id, details }: Registration,
    { proof, reason }: OwnerChange,
    actor: StaffActor,
    holders: { before: object; after: object },
  ): Promise<void> {
    const { name, documentNumber, provinceCode, schoolCode } = details;
    return this.auditTrail.record(tx, actor, {
      action: 'registration.move',
      rowId: id,
      provinceCode,
      schoolCode,
      before: { name, documentNumber, ...holders.before },
      after: { name, documentNumber, proof, reason, ...holders.after },
    });
  }
}
