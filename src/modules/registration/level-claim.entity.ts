import { Entity, PrimaryColumn } from 'typeorm';
import type { ExamKind, Level } from '../../kernel/words.js';
import { ReferenceColumn, WordColumn } from '../../platform/database/columns.js';

/**
 * One subject per level (R-WE-2): what a registration holds at a level, written and oral apart — an enrolment or a
 * place in a queue. The primary key is the rule; two requests at once cannot both hold it.
 */
@Entity('level_claim')
export class LevelClaim {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  registrationId: string;
  @PrimaryColumn({ type: 'varchar', length: 10 })
  kind: ExamKind;
  @PrimaryColumn({ type: 'int' })
  level: Level;
  @WordColumn()
  holder: 'ENROLMENT' | 'WAITLIST';
  @ReferenceColumn()
  holderId: string;
}
