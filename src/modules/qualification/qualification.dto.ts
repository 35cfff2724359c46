import { SUBJECTS, type SubjectCode } from '../../kernel/words.js';
import { Shown, TextField } from '../../platform/http/fields.js';
import type { AnswerLanguage } from '../../platform/http/language.js';
import { SubjectShown } from '../sitting/index.js';
import { Cet6ReviewStateShown } from './cet6-review.dto.js';
import { MISSING_REASONS, type MissingReason } from './missing-reasons.js';
import type { MissingSubject } from './qualification.rules.js';
import type { QualificationPage } from './query-qualification.use-case.js';
import { StudentDetailsShown } from './student-details.dto.js';

/** 资格信息查询: the three that must all match. */
export class QueryQualificationBody {
  @TextField({
    description: '证件类型, one of `DocumentType`; any other (军官证) is answered DOCUMENT_TYPE_NOT_ACCEPTED',
    max: 40,
    example: 'RESIDENT_ID',
  })
  documentType: string;
  @TextField({
    description: '学籍证件号码; full-width characters, blanks and a lower-case `x` are understood',
    max: 60,
    example: '110101200001011237',
  })
  documentNumber: string;
  @TextField({ description: '姓名, as on the school’s roster', max: 100, example: '张三' })
  name: string;
}

/** A subject the candidate may not take, and why. */
export class MissingSubjectShown {
  @Shown('Subject code', { example: '2' })
  code: SubjectCode;
  @Shown('Chinese name', { example: '英语六级' })
  name: string;
  @Shown('Why it is missing', { enum: Object.keys(MISSING_REASONS), enumName: 'MissingReason' })
  reason: MissingReason;
  @Shown('The reason as a sentence; Chinese, English on `Accept-Language: en`')
  message: string;

  static of({ code, reason }: MissingSubject, language: AnswerLanguage): MissingSubjectShown {
    return { code, name: SUBJECTS[code].name, reason, message: MISSING_REASONS[reason][language] };
  }
}

/** 资格信息确认: who was found and what they may take. */
export class QualificationShown {
  @Shown('学籍信息')
  record: StudentDetailsShown;
  @Shown('资格科目; with none the candidate cannot go on', { type: [SubjectShown] })
  qualifiedSubjects: SubjectShown[];
  @Shown('Every other subject, and why it is missing', { type: [MissingSubjectShown] })
  missingSubjects: MissingSubjectShown[];
  @Shown('CET6资格复核')
  cet6Review: Cet6ReviewStateShown;
  @Shown('The phone bound to the account, to be confirmed as one’s own', { example: '138****1234' })
  phoneMasked: string;

  static of(page: QualificationPage, language: AnswerLanguage): QualificationShown {
    return {
      record: StudentDetailsShown.of(page.details, page.names),
      qualifiedSubjects: page.qualified.map((code) => SubjectShown.of(code)),
      missingSubjects: page.missing.map((subject) => MissingSubjectShown.of(subject, language)),
      cet6Review: page.cet6Review,
      phoneMasked: page.phoneMasked,
    };
  }
}
