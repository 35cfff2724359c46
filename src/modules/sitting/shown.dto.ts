import { toShanghai } from '../../kernel/clock.js';
import { SUBJECTS, type SubjectCode } from '../../kernel/words.js';
import { Shown, ShownIfAny } from '../../platform/http/fields.js';
import type { Notice } from './notice.entity.js';

/** Shapes of answers that several modules show alike. */

/** 科目 */
export class SubjectShown {
  @Shown('Subject code, as printed on tickets', { example: '1' })
  code: SubjectCode;
  @Shown('Chinese name', { example: '英语四级' })
  name: string;
  @Shown('4 or 6', { example: 4 })
  level: number;
  @Shown('笔试 or 口试', { enum: ['WRITTEN', 'ORAL'], enumName: 'ExamKind' })
  kind: string;

  static of(code: SubjectCode): SubjectShown {
    const { name, level, kind } = SUBJECTS[code];
    return { code, name, level, kind };
  }
}

/** A school or campus by code and name. */
export class PlaceShown {
  @Shown('Code: 5 digits for a school, 6 for a campus', { example: '120010' })
  code: string;
  @Shown('Name', { example: '南开大学' })
  name: string;
}

/** 通告 */
export class NoticeShown {
  @Shown('Id')
  id: string;
  @Shown('Who speaks', { enum: ['CENTRAL', 'PROVINCE', 'SCHOOL'], enumName: 'NoticeIssuer' })
  issuer: string;
  @ShownIfAny('Shown with this kind of subjects only', { enum: ['WRITTEN', 'ORAL'], enumName: 'ExamKind' })
  kind?: string;
  @Shown('Title')
  title: string;
  @Shown('Text, without formatting')
  body: string;
  @Shown('The same with formatting: safe HTML, of paragraphs, lists, tables, links')
  bodyHtml: string;
  @Shown('When it was published', { format: 'date-time' })
  publishedAt: string;

  static of(notice: Notice): NoticeShown {
    const { id, issuer, kind, title, bodyHtml, bodyText, publishedAt } = notice;
    return {
      id,
      issuer,
      ...(kind ? { kind } : {}),
      title,
      body: bodyText,
      bodyHtml,
      publishedAt: toShanghai(publishedAt),
    };
  }
}
