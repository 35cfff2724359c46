import { Entity, PrimaryColumn } from 'typeorm';
import {
  FlagColumn,
  InstantColumn,
  NumberColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';

/** 省 */
@Entity('province')
export class Province {
  @PrimaryColumn({ type: 'varchar', length: 2 })
  code: string;
  @TextColumn(50)
  name: string;
}

/** 学校: code of 5 digits, province and running number. */
@Entity('school')
export class School {
  @PrimaryColumn({ type: 'varchar', length: 5 })
  code: string;
  @WordColumn({ length: 2 })
  provinceCode: string;
  @TextColumn(100)
  name: string;
  @TextColumn(50, { nullable: true })
  city: string | null;
  @TextColumn(20, { nullable: true })
  educationLevel: string | null;
  @TextColumn(20, { nullable: true })
  moeCode: string | null;
}

/** 校区: code of 6 digits, school and running number. */
@Entity('campus')
export class Campus {
  @PrimaryColumn({ type: 'varchar', length: 6 })
  code: string;
  @WordColumn({ length: 5 })
  schoolCode: string;
  @WordColumn({ length: 2 })
  provinceCode: string;
  @TextColumn(100)
  name: string;
  /** May its candidates take orals at other campuses? If not, its own campus is chosen already (R-OE-3). */
  @FlagColumn()
  oralElsewhereAllowed: boolean;
}

/** What a province sets for a sitting, and within what its schools set up their venues. Null: no limit. */
@Entity('province_setting')
export class ProvinceSetting {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  sittingId: string;
  @PrimaryColumn({ type: 'varchar', length: 2 })
  provinceCode: string;
  /** From when oral tickets can be printed (R-RG-3). */
  @InstantColumn({ nullable: true })
  oralTicketAvailableAt: Date | null;
  /** The interval within which the province's schools hold their orals (R-OE-4). */
  @InstantColumn({ nullable: true })
  oralExamsFrom: Date | null;
  @InstantColumn({ nullable: true })
  oralExamsUntil: Date | null;
  /** The highest fee a school of the province may ask for. */
  @NumberColumn({ nullable: true })
  writtenFeeMostFen: number | null;
  @NumberColumn({ nullable: true })
  oralFeeMostFen: number | null;
}

/** What a province that has set nothing has set. */
export const NO_PROVINCE_SETTING = {
  oralTicketAvailableAt: null,
  oralExamsFrom: null,
  oralExamsUntil: null,
  writtenFeeMostFen: null,
  oralFeeMostFen: null,
} as const satisfies Partial<ProvinceSetting>;
