import { Entity } from 'typeorm';
import type { ExamKind } from '../../kernel/words.js';
import {
  IdColumn,
  InstantColumn,
  LongTextColumn,
  ReferenceColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';

/** 通告: of the authority (CENTRAL), a province (省通告) or a school (学校通告). */
@Entity('notice')
export class Notice {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  sittingId: string;
  @WordColumn()
  issuer: 'CENTRAL' | 'PROVINCE' | 'SCHOOL';
  @WordColumn({ length: 2, nullable: true })
  provinceCode: string | null;
  @WordColumn({ length: 5, nullable: true })
  schoolCode: string | null;
  /** Shown with this kind of subjects only; null with both. */
  @WordColumn({ nullable: true })
  kind: ExamKind | null;
  @TextColumn(200)
  title: string;
  /** Both of one `RichText`, cleaned when it was saved. */
  @LongTextColumn()
  bodyHtml: string;
  @LongTextColumn()
  bodyText: string;
  /** Candidates see it from then on. */
  @InstantColumn()
  publishedAt: Date;
  @InstantColumn({ nullable: true })
  withdrawnAt: Date | null;
}

/** What the trail keeps of it: the words with their formatting, and so where links lead. */
export function factsOf({ bodyHtml, bodyText: _, ...notice }: Notice) {
  return { ...notice, body: bodyHtml };
}
