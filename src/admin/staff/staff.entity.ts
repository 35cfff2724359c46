import { createHash } from 'node:crypto';
import { Entity } from 'typeorm';
import type { StaffActor, StaffRole } from '../../kernel/actor.js';
import {
  IdColumn,
  InstantColumn,
  JsonColumn,
  NumberColumn,
  ReferenceColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';

/** A member of staff: whoever signs in at `/admin` (R-AD). */
@Entity('staff')
export class Staff {
  @IdColumn()
  id: string;
  /** What they sign in with; lower case, unique. */
  @TextColumn(100)
  login: string;
  @TextColumn(100)
  name: string;
  @WordColumn()
  role: StaffRole;
  /** Whose rows a PROVINCE sees. */
  @WordColumn({ length: 2, nullable: true })
  provinceCode: string | null;
  /** Whose rows a SCHOOL sees. */
  @WordColumn({ length: 5, nullable: true })
  schoolCode: string | null;
  /** Where invitations go. */
  @TextColumn(254, { nullable: true })
  email: string | null;
  /** argon2id, with its parameters. Null until an invitation is accepted: nobody signs in. */
  @TextColumn(200, { nullable: true })
  passwordHash: string | null;
  @InstantColumn()
  createdAt: Date;
  /** Since when they may not sign in. */
  @InstantColumn({ nullable: true })
  disabledAt: Date | null;
  /** Of the link by which they set a password, once. */
  @TextColumn(64, { nullable: true })
  invitationHash: string | null;
  @InstantColumn({ nullable: true })
  invitationExpiresAt: Date | null;
  /** Who invited them last; it stays when the invitation is used. Null: the command line, or nobody. */
  @ReferenceColumn({ nullable: true })
  invitedBy: string | null;
  /** What their authenticator app shares with us; sealed. */
  @TextColumn(200, { nullable: true })
  totpSecret: string | null;
  /** Since when a code is asked for at sign-in; a secret without is one that is being set up. */
  @InstantColumn({ nullable: true })
  totpSince: Date | null;
  /** The time step of the last code taken: none is taken twice. */
  @NumberColumn({ nullable: true })
  totpLastStep: number | null;
  /** For when the phone is lost; each is good once. */
  @JsonColumn({ nullable: true })
  recoveryCodeHashes: readonly string[] | null;
}

/** Who they are to a use-case. */
export function staffActor(staff: Staff): StaffActor {
  return {
    type: 'STAFF',
    staffId: staff.id,
    role: staff.role,
    ...(staff.provinceCode === null ? {} : { provinceCode: staff.provinceCode }),
    ...(staff.schoolCode === null ? {} : { schoolCode: staff.schoolCode }),
    ...(staff.invitedBy === null ? {} : { invitedBy: staff.invitedBy }),
  };
}

/** The id in `STAFF 0193…`, as `actorLabel` writes it. */
export function staffIdIn(label: string | null | undefined): string | undefined {
  return /^STAFF (.+)$/.exec(label ?? '')?.[1];
}

/** Which password they have, said without giving away what opens anything. */
export function passwordFingerprint({ passwordHash }: Pick<Staff, 'passwordHash'>): string {
  return createHash('sha256')
    .update(passwordHash ?? '')
    .digest('hex');
}

/** What the audit trail keeps of an account: no password, no secret. */
export function auditedStaff({ login, name, role, provinceCode, schoolCode, email, disabledAt }: Staff) {
  return { login, name, role, provinceCode, schoolCode, email, disabledAt };
}
