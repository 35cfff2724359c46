import { Entity, PrimaryColumn } from 'typeorm';
import { BytesColumn, InstantColumn, NumberColumn, TextColumn } from '../../platform/database/columns.js';

/** 照片: how a student looks, as the school took it in. Kept in the database, so that every machine has it. */
@Entity('student_photo')
export class StudentPhoto {
  /** Of the student record. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  recordId: string;
  @BytesColumn()
  jpeg: Buffer;
  /** Tells a photo that is there already. */
  @TextColumn(64)
  sha256: string;
  @NumberColumn()
  width: number;
  @NumberColumn()
  height: number;
  @InstantColumn()
  takenInAt: Date;
}
