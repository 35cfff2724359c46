import { Entity, PrimaryColumn } from 'typeorm';
import type { DocumentType } from '../../kernel/words.js';
import { NumberColumn, TextColumn, WordColumn } from '../../platform/database/columns.js';

/** A result of a written CET4, known by its ticket number. */
@Entity('cet4_result')
export class Cet4Result {
  /** 准考证号: campus 6, year 2, half 1, subject 1, room 3, seat 2. */
  @PrimaryColumn({ type: 'varchar', length: 15 })
  ticketNumber: string;
  @WordColumn({ nullable: true })
  documentType: DocumentType | null;
  @TextColumn(40)
  documentNumber: string;
  @TextColumn(100)
  name: string;
  /** 0 to 710. */
  @NumberColumn()
  score: number;
}
