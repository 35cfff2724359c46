import { Entity } from 'typeorm';
import {
  FlagColumn,
  IdColumn,
  InstantColumn,
  NumberColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';

/** Must the written subject of the level be paid before its oral, or is being enrolled enough? (R-OE-1) */
export type OralNeedsWritten = 'PAID' | 'ENROLLED';

/** 考次, with the policies the source documents disagree on (requirements.md, "policy of a sitting"). */
@Entity('sitting')
export class Sitting {
  @IdColumn()
  id: string;
  /** 222 is the second half of 2022. */
  @NumberColumn()
  number: number;
  @TextColumn(100)
  name: string;
  /** The one candidates register for; the database allows one. */
  @FlagColumn()
  current: boolean;
  /** Hours to pay before an enrolment lapses. */
  @NumberColumn()
  payHours: number;
  /** Hours before an empty registration is deleted. */
  @NumberColumn()
  emptyRegistrationHours: number;
  /** Hours to pay after a waitlist success. */
  @NumberColumn()
  waitlistPayHours: number;
  @WordColumn()
  oralNeedsWritten: OralNeedsWritten;
  /** No payment is taken after this moment. */
  @InstantColumn({ nullable: true })
  paymentEndsAt: Date | null;
  /** The second window for the score-report preference, after results (R-SR-3). */
  @InstantColumn({ nullable: true })
  reportChangeOpensAt: Date | null;
  @InstantColumn({ nullable: true })
  reportChangeClosesAt: Date | null;
  @InstantColumn()
  createdAt: Date;
}

/** What a new sitting starts with: the newest value of each policy. */
export const DEFAULT_POLICIES = {
  payHours: 24,
  emptyRegistrationHours: 24,
  waitlistPayHours: 24,
  oralNeedsWritten: 'PAID',
} as const satisfies Partial<Sitting>;
