import { Injectable } from '@nestjs/common';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import {
  EDUCATION_LEVELS,
  type EducationLevel,
  SUBJECT_CODES,
  SUBJECTS,
  type SubjectCode,
} from '../../kernel/words.js';
import { RemoveSubjectRules, SetSubjectRule, SubjectRule } from '../../modules/qualification/index.js';
import { SchoolRepository, SittingRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { CodeField, EnumField, EnumListField, LineField, TextField } from '../../platform/http/fields.js';
import { choicesOf, type FormField } from '../panel/form.js';
import { nounAction } from '../panel/noun-action.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun } from '../panel/shown-noun.js';
import { sittingFilter } from './sitting-filter.js';
import { SUBJECT_WORDS } from './subject-columns.js';

interface Facts {
  readonly sittingNumbers: ReadonlyMap<string, number>;
  readonly schoolNames: ReadonlyMap<string, string>;
}

const ANY = '不限';

const COLUMNS: readonly ShownColumn<SubjectRule, Facts>[] = [
  {
    name: 'sitting',
    label: '考次',
    on: ['list', 'show'],
    text: ({ sittingId }, { sittingNumbers }) => sittingNumbers.get(sittingId),
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
  {
    name: 'subject',
    label: '科目',
    on: ['list', 'show'],
    text: ({ subjectCode }) => subjectCode,
    path: 'subjectCode',
    search: { by: 'WORD', words: SUBJECT_WORDS },
  },
  {
    name: 'educationLevels',
    label: '学历',
    on: ['list', 'show'],
    text: ({ educationLevels }) => educationLevels?.map((level) => EDUCATION_LEVELS[level]).join('、') ?? ANY,
    inFile: {
      text: ({ educationLevels }) => educationLevels?.map((level) => EDUCATION_LEVELS[level]).join('、'),
    },
  },
  {
    name: 'grades',
    label: '年级',
    on: ['list', 'show'],
    text: ({ grades }) => grades?.join('、') ?? ANY,
    inFile: { text: ({ grades }) => grades?.join('、') },
  },
  {
    name: 'entryYears',
    label: '入学年份',
    on: ['list', 'show'],
    text: ({ entryYears }) => entryYears?.join('、') ?? ANY,
    inFile: { text: ({ entryYears }) => entryYears?.join('、') },
  },
  sittingFilter(),
];

class LimitsInput {
  @EnumListField({
    description: '学历',
    values: Object.keys(EDUCATION_LEVELS),
    name: 'EducationLevel',
    min: 0,
    optional: true,
  })
  educationLevels?: EducationLevel[];
  @LineField({ description: '年级', max: 500, optional: true })
  grades?: string;
  @TextField({
    description: '入学年份',
    max: 200,
    pattern: /^\s*20\d\d([\s,，、;；]+20\d\d)*\s*$/,
    optional: true,
  })
  entryYears?: string;
}

class SetInput extends LimitsInput {
  @CodeField({ description: '学校代码', min: 5, max: 5, optional: true })
  schoolCode?: string;
  @EnumField({ description: '科目', values: SUBJECT_CODES, name: 'SubjectCode' })
  subjectCode: SubjectCode;
}

const LIMITS: readonly FormField[] = [
  {
    name: 'educationLevels',
    label: '学历',
    kind: 'CHOICES',
    choices: choicesOf(EDUCATION_LEVELS),
    help: '都不选为不限。',
  },
  {
    name: 'grades',
    label: '年级',
    kind: 'TEXT',
    maxLength: 500,
    placeholder: '2023、2024',
    help: '与学籍中的年级写法一致，用顿号分开；留空为不限。',
  },
  {
    name: 'entryYears',
    label: '入学年份',
    kind: 'TEXT',
    maxLength: 200,
    placeholder: '2023、2024',
    help: '四位年份，用顿号分开；留空为不限。',
  },
];

/** 报考条件: whom each school lets take a subject (R-QU-3). */
@Injectable()
export class ShownSubjectRules implements ShownNoun<SubjectRule, Facts> {
  readonly id = 'subject-rules';
  readonly name = '报考条件';
  readonly icon = 'Filter';
  readonly section = 'EXAM';
  readonly entity = SubjectRule;
  readonly seenBy = EVERY_ROLE;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly exported = { by: EVERY_ROLE, numbers: 'IN_FULL' } as const;
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<SubjectRule, SetInput>({
      name: 'set',
      label: '设置报考条件',
      icon: 'Plus',
      on: 'NOUN',
      roles: ['SCHOOL', 'CENTRAL'],
      text: '用于当前考次。没有设置条件的科目，本校学生都可以报考（英语六级另须四级成绩达到 425 分）。已设置过的科目以新条件为准；已报考的考生不受影响。',
      input: SetInput,
      fields: async ({ user }) => [
        ...(user.actor.role === 'CENTRAL'
          ? [{ name: 'schoolCode', label: '学校代码', kind: 'TEXT', required: true, maxLength: 5 } as const]
          : []),
        {
          name: 'subjectCode',
          label: '科目',
          kind: 'CHOICE',
          required: true,
          choices: choicesOf(SUBJECT_WORDS),
        },
        ...LIMITS,
      ],
      done: '报考条件已设置',
      run: async ({ subjectCode, schoolCode, ...limits }, { user, reader }) => {
        const { id: sittingId } = await this.sittings.current(reader);
        await this.setSubjectRule.execute(
          {
            sittingId,
            schoolCode: user.actor.schoolCode ?? schoolCode ?? '',
            subjectCode,
            ...limitsOf(limits),
          },
          user.actor,
        );
      },
    }),
    nounAction<SubjectRule, LimitsInput>({
      name: 'change',
      label: '修改',
      icon: 'Edit2',
      on: 'ROW',
      roles: ['SCHOOL', 'CENTRAL'],
      text: ({ row }) => `${SUBJECTS[row.subjectCode].name}的报考条件。已报考的考生不受影响。`,
      input: LimitsInput,
      fields: LIMITS,
      initial: ({ row }) => ({
        educationLevels: row.educationLevels,
        grades: row.grades?.join('、'),
        entryYears: row.entryYears?.join('、'),
      }),
      done: '报考条件已修改',
      run: (limits, { row: { sittingId, schoolCode, subjectCode }, user, asShown }) =>
        this.setSubjectRule.execute(
          { sittingId, schoolCode, subjectCode, ...limitsOf(limits), asShown },
          user.actor,
        ),
    }),
    nounAction<SubjectRule>({
      name: 'remove',
      label: '删除条件',
      icon: 'Trash2',
      on: 'ROWS',
      roles: ['SCHOOL', 'CENTRAL'],
      text: '删除后，本校学生都可以报考该科目（黑名单仍然有效）。',
      confirm: '确定要删除所选的报考条件吗？',
      done: '报考条件已删除',
      run: (_input, { rows, user, asShown }) =>
        this.removeSubjectRules.execute({ ruleIds: rows.map(({ id }) => id), asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly setSubjectRule: SetSubjectRule,
    private readonly removeSubjectRules: RemoveSubjectRules,
  ) {}

  async gather(rows: readonly SubjectRule[], reader: Reader): Promise<Facts> {
    const sittings = await this.sittings.all(reader);
    const schools = await this.schools.schools(
      reader,
      rows.map(({ schoolCode }) => schoolCode),
    );
    return {
      sittingNumbers: new Map(sittings.map(({ id, number }) => [id, number])),
      schoolNames: new Map(schools.map(({ code, name }) => [code, name])),
    };
  }
}

function limitsOf({ educationLevels, grades, entryYears }: LimitsInput) {
  return {
    educationLevels: educationLevels ?? null,
    grades: grades ? [...new Set(grades.split(/[\s,，、;；]+/).filter(Boolean))] : null,
    entryYears: entryYears ? [...new Set((entryYears.match(/\d+/g) ?? []).map(Number))] : null,
  };
}
