import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import { AuditTrail } from '../../modules/audit/index.js';
import { PasswordHasher, passwordIsHardToGuess } from '../../modules/passport/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type SecurityFacts, SecurityLog } from '../../platform/security-log.js';
import { theInvitationStands, thePasswordWasTypedTwice } from './invitation.rules.js';
import { invitationHash } from './invitations.js';
import { staffPasswordIsLongEnough } from './new-staff.rules.js';
import { SignInLocks } from './sign-in-locks.js';
import { type Staff, staffActor } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';
import { StaffSessionRepository } from './staff-session.repository.js';

type Invited = Pick<Staff, 'id' | 'login' | 'name' | 'email'>;

interface AcceptInvitationCommand {
  token: string;
  password: string;
  repeated: string;
  address?: string;
}

/** R-AD: whoever has an invitation sets their password by it, once. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffRepository,
    private readonly sessions: StaffSessionRepository,
    private readonly locks: SignInLocks,
    private readonly passwords: PasswordHasher,
    private readonly audit: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /** Whose invitation it is; looking uses nothing up, and a link that is none is written down. @throws INVITATION_GONE */
  async invited(token: string, address: string | undefined): Promise<Invited> {
    try {
      return await this.standing(token);
    } catch (error) {
      const outcome = error instanceof DomainError ? error.code : 'ERROR';
      this.security.note('staff.invitation-accept', { address, outcome });
      throw error;
    }
  }

  /** @throws INVITATION_GONE, PASSWORDS_UNLIKE, STAFF_PASSWORD_TOO_SHORT, PASSWORD_TOO_COMMON, PASSWORD_PERSONAL */
  execute(command: AcceptInvitationCommand): Promise<void> {
    const { address } = command;
    return this.security.during('staff.invitation-accept', { address }, (known) =>
      this.accept(command, known),
    );
  }

  private async accept(
    { token, password, repeated }: AcceptInvitationCommand,
    known: SecurityFacts,
  ): Promise<void> {
    const { id, login, name, email } = await this.standing(token);
    known.staffId = id;
    thePasswordWasTypedTwice(password, repeated);
    staffPasswordIsLongEnough(password);
    await passwordIsHardToGuess(password, [login, email, name]);
    const passwordHash = await this.passwords.hash(password);
    await this.unitOfWork.run(async (tx) => {
      const found = await this.staff.byInvitation(tx, invitationHash(token));
      // held still and looked at again: of two who come at once, one is late
      const staff = found && (await this.staff.loadForUpdate(tx, found.id));
      theInvitationStands(staff?.invitationHash === invitationHash(token) ? staff : null, tx.now);
      await this.staff.update(tx, staff!.id, {
        passwordHash,
        invitationHash: null,
        invitationExpiresAt: null,
      });
      await this.sessions.endAll(tx, staff!.id);
      await this.locks.forget(tx, staff!.login);
      const invitedBy = staff!.invitedBy && (await this.staff.byId(tx, staff!.invitedBy));
      await this.audit.record(tx, staffActor(staff!), {
        action: 'staff.set-password',
        rowId: staff!.id,
        provinceCode: staff!.provinceCode,
        schoolCode: staff!.schoolCode,
        after: { invitedBy: invitedBy ? invitedBy.login : null },
      });
    });
  }

  private async standing(token: string): Promise<Invited> {
    const reader = this.unitOfWork.read();
    const staff = await this.staff.byInvitation(reader, invitationHash(token));
    theInvitationStands(staff, reader.now);
    return staff;
  }
}
