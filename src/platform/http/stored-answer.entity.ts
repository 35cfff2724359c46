import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** The answer kept for an Idempotency-Key. The answer is encrypted: it may hold what a person must not read here. */
@Entity('stored_answer')
export class StoredAnswer {
  /** Hash of who asked, which call, and the key. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id: string;
  /** Hash of the body it came with. */
  @Column({ type: 'varchar', length: 64 })
  request: string;
  @Column({ type: 'int', nullable: true })
  status: number | null;
  @Column({ type: 'text', nullable: true })
  answer: string | null;
  @InstantColumn()
  createdAt: Date;
}
