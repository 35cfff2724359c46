import { Entity } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  JsonColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';

/** Some of a row's facts, by the names the code has for them. */
export type AuditedFacts = Readonly<Record<string, unknown>>;

/** One change by staff: who, when, what before and after (R-AD-2). Written once and never changed. */
@Entity('audit_line')
export class AuditLine {
  @IdColumn()
  id: string;
  @InstantColumn()
  happenedAt: Date;
  /** `actorLabel` of who did it. */
  @TextColumn(100)
  actor: string;
  /** What was done: `cet6-review.decide`. */
  @WordColumn({ length: 60 })
  action: string;
  /** The id or code of the row it was done to; of an import, the sitting's. */
  @TextColumn(60)
  rowId: string;
  /** Whose row it is. Null: it is nobody's in particular. */
  @WordColumn({ length: 2, nullable: true })
  provinceCode: string | null;
  @WordColumn({ length: 5, nullable: true })
  schoolCode: string | null;
  /** Null: there was nothing before. */
  @JsonColumn({ nullable: true })
  factsBefore: AuditedFacts | null;
  /** Null: nothing is left. */
  @JsonColumn({ nullable: true })
  factsAfter: AuditedFacts | null;
}
