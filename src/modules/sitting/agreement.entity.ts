import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, LongTextColumn } from '../../platform/database/columns.js';

/** 报名协议: a new version asks everybody again (R-QU-1). */
@Entity('agreement')
export class Agreement {
  @PrimaryColumn({ type: 'int' })
  version: number;
  @LongTextColumn()
  textZh: string;
  @LongTextColumn()
  textEn: string;
  @InstantColumn()
  publishedAt: Date;
}
