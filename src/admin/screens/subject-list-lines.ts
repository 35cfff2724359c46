import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { maskDocumentNumber, normaliseDocumentNumber } from '../../kernel/document-number.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import {
  DOCUMENT_TYPE_CODES,
  DOCUMENT_TYPES,
  type DocumentType,
  SUBJECT_CODES,
  type SubjectCode,
} from '../../kernel/words.js';
import {
  AddSubjectListLine,
  RemoveSubjectListLines,
  type StudentRecord,
  StudentRecordRepository,
  SubjectListLine,
} from '../../modules/qualification/index.js';
import { SchoolRepository, SittingRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { EnumField, LineField, TextField } from '../../platform/http/fields.js';
import { choicesOf } from '../panel/form.js';
import { nounAction } from '../panel/noun-action.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { sittingFilter } from './sitting-filter.js';
import { LISTS, SUBJECT_CHOICES } from './student-records.js';

interface Facts {
  readonly sittingNames: ReadonlyMap<string, string>;
  /** By sitting and document. */
  readonly students: ReadonlyMap<string, StudentRecord>;
  /** By code. */
  readonly schoolNames: ReadonlyMap<string, string>;
}

const LIST_WORDS: Words = {
  WHITE: { label: LISTS.WHITE, colour: 'success' },
  BLACK: { label: LISTS.BLACK, colour: 'danger' },
};
const SUBJECT_WORDS: Words = Object.fromEntries(
  SUBJECT_CHOICES.map(({ value, label }) => [value, { label }]),
);

const keyOf = (sittingId: string, document: { documentType: string; documentNumber: string }) =>
  `${sittingId} ${document.documentType} ${document.documentNumber}`;

const COLUMNS: readonly ShownColumn<SubjectListLine, Facts>[] = [
  {
    name: 'sitting',
    label: '考次',
    on: ['show'],
    text: ({ sittingId }, { sittingNames }) => sittingNames.get(sittingId),
  },
  {
    name: 'list',
    label: '名单',
    on: ['list', 'show'],
    text: ({ list }) => list,
    path: 'list',
    search: { by: 'WORD', words: LIST_WORDS },
  },
  {
    name: 'subject',
    label: '科目',
    on: ['list', 'show'],
    text: ({ subjectCode }) => subjectCode,
    path: 'subjectCode',
    search: { by: 'WORD', words: SUBJECT_WORDS },
  },
  {
    name: 'name',
    label: '姓名',
    on: ['list', 'show'],
    text: (line, { students }) =>
      students.get(keyOf(line.sittingId, line))?.details.name ?? '学籍中没有此证件',
  },
  {
    name: 'documentType',
    label: '证件类型',
    on: ['show'],
    text: ({ documentType }) => DOCUMENT_TYPES[documentType],
  },
  {
    name: 'documentNumber',
    label: '证件号码',
    on: ['list', 'show'],
    text: ({ documentNumber }) => documentNumber,
    mask: maskDocumentNumber,
    path: 'documentNumber',
    search: { by: 'WHOLE', normalise: normaliseDocumentNumber },
  },
  {
    name: 'school',
    label: '学校',
    on: ['list', 'show'],
    text: ({ schoolCode }, { schoolNames }) => schoolNames.get(schoolCode) ?? schoolCode,
  },
  {
    name: 'schoolCode',
    label: '学校代码',
    on: ['show'],
    text: ({ schoolCode }) => schoolCode,
    path: 'schoolCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  { name: 'reason', label: '原因', on: ['list', 'show'], text: ({ reason }) => reason },
  {
    name: 'createdAt',
    label: '加入时间',
    on: ['list', 'show'],
    text: ({ createdAt }) => toShanghaiText(createdAt),
    path: 'createdAt',
    search: { by: 'DAYS' },
    sortable: true,
  },
  sittingFilter(),
];

class AddInput {
  @EnumField({ description: '名单', values: ['WHITE', 'BLACK'], name: 'SubjectList' })
  list: 'WHITE' | 'BLACK';
  @EnumField({ description: '科目', values: SUBJECT_CODES, name: 'SubjectCode' })
  subjectCode: SubjectCode;
  @EnumField({ description: '证件类型', values: DOCUMENT_TYPE_CODES, name: 'DocumentType' })
  documentType: DocumentType;
  @TextField({ description: '证件号码', max: 40 })
  documentNumber: string;
  @LineField({ description: '原因', max: 200 })
  reason: string;
}

/** 白名单和黑名单: who may take a subject whatever the rules say, and who may not (R-QU-3). */
@Injectable()
export class ShownSubjectListLines implements ShownNoun<SubjectListLine, Facts> {
  readonly id = 'subject-list-lines';
  readonly name = '黑白名单';
  readonly icon = 'UserX';
  readonly entity = SubjectListLine;
  readonly section = 'CANDIDATES';
  readonly seenBy = EVERY_ROLE;
  readonly exported = { by: EVERY_ROLE, numbers: 'IN_FULL_TO_SCHOOLS' } as const;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<SubjectListLine, AddInput>({
      name: 'add',
      label: '添加名单',
      icon: 'Plus',
      on: 'NOUN',
      roles: ['SCHOOL'],
      text: '考生须在本考次学籍中。白名单：报考该科目不受报考条件和四级成绩限制；黑名单：不得报考该科目。',
      input: AddInput,
      fields: [
        { name: 'list', label: '名单', kind: 'CHOICE', required: true, choices: choicesOf(LISTS) },
        { name: 'subjectCode', label: '科目', kind: 'CHOICE', required: true, choices: SUBJECT_CHOICES },
        {
          name: 'documentType',
          label: '证件类型',
          kind: 'CHOICE',
          required: true,
          choices: choicesOf(DOCUMENT_TYPES),
        },
        { name: 'documentNumber', label: '证件号码', kind: 'TEXT', required: true, maxLength: 40 },
        { name: 'reason', label: '原因', kind: 'TEXT', required: true, maxLength: 200 },
      ],
      initial: () => ({ documentType: 'RESIDENT_ID' }),
      done: '已加入名单',
      run: (input, { user }) => this.addSubjectListLine.execute(input, user.actor),
    }),
    nounAction<SubjectListLine>({
      name: 'remove',
      label: '移出名单',
      icon: 'Trash2',
      on: 'ROWS',
      roles: ['SCHOOL'],
      text: '移出后，报考资格立即按报考条件重新判断。已报考的科目不受影响。',
      confirm: '确定要把所选考生移出名单吗？',
      done: '已移出名单',
      run: (_input, { rows, user, asShown }) =>
        this.removeSubjectListLines.execute({ lineIds: rows.map(({ id }) => id), asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly records: StudentRecordRepository,
    private readonly addSubjectListLine: AddSubjectListLine,
    private readonly removeSubjectListLines: RemoveSubjectListLines,
  ) {}

  async gather(rows: readonly SubjectListLine[], reader: Reader): Promise<Facts> {
    const sittings = await this.sittings.all(reader);
    const schools = await this.schools.schools(
      reader,
      rows.map(({ schoolCode }) => schoolCode),
    );
    const students = new Map<string, StudentRecord>();
    for (const sittingId of new Set(rows.map((row) => row.sittingId))) {
      const numbers = rows.map(({ documentNumber }) => documentNumber);
      for (const record of await this.records.byDocumentNumbers(reader, sittingId, numbers)) {
        const own = rows.some(
          (row) =>
            row.schoolCode === record.details.schoolCode &&
            row.documentNumber === record.details.documentNumber,
        );
        // a student who is another school's is not there for this one
        if (own) students.set(keyOf(sittingId, record.details), record);
      }
    }
    return {
      sittingNames: new Map(sittings.map(({ id, name }) => [id, name])),
      students,
      schoolNames: new Map(schools.map(({ code, name }) => [code, name])),
    };
  }
}
