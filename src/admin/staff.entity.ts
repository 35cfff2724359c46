import { Entity } from 'typeorm';
import type { StaffActor, StaffRole } from '../kernel/actor.js';
import { IdColumn, InstantColumn, TextColumn, WordColumn } from '../platform/database/columns.js';

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
  /** argon2id, with its parameters. */
  @TextColumn(200)
  passwordHash: string;
  @InstantColumn()
  createdAt: Date;
}

/** Who they are to a use-case. */
export function staffActor(staff: Staff): StaffActor {
  return {
    type: 'STAFF',
    staffId: staff.id,
    role: staff.role,
    ...(staff.provinceCode === null ? {} : { provinceCode: staff.provinceCode }),
    ...(staff.schoolCode === null ? {} : { schoolCode: staff.schoolCode }),
  };
}
