import { Injectable } from '@nestjs/common';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { EditSchool, School, SchoolRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { LineField } from '../../platform/http/fields.js';
import { nounAction } from '../panel/noun-action.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun } from '../panel/shown-noun.js';
import { trimmed } from './subject-columns.js';

/** Names of provinces by code. */
type Facts = ReadonlyMap<string, string>;

const COLUMNS: readonly ShownColumn<School, Facts>[] = [
  {
    name: 'code',
    label: '学校代码',
    on: ['list', 'show'],
    text: ({ code }) => code,
    path: 'code',
    search: { by: 'WHOLE', normalise: plainCode },
    sortable: 'ASCENDING',
  },
  {
    name: 'name',
    label: '学校名称',
    on: ['list', 'show'],
    text: ({ name }) => name,
    path: 'name',
    search: { by: 'PART', normalise: trimmed },
  },
  {
    name: 'province',
    label: '省份',
    on: ['list', 'show'],
    text: ({ provinceCode }, names) => names.get(provinceCode) ?? provinceCode,
    inFile: { label: '省份名称' },
  },
  {
    name: 'provinceCode',
    label: '省份代码',
    on: ['show'],
    text: ({ provinceCode }) => provinceCode,
    path: 'provinceCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'city',
    label: '所在地',
    on: ['list', 'show'],
    text: ({ city }) => city,
    path: 'city',
    search: { by: 'PART', normalise: trimmed },
  },
  {
    name: 'educationLevel',
    label: '办学层次',
    on: ['list', 'show'],
    text: ({ educationLevel }) => educationLevel,
  },
  { name: 'moeCode', label: '学校标识码', on: ['show'], text: ({ moeCode }) => moeCode },
];

class EditInput {
  @LineField({ description: '学校名称', max: 100 })
  name: string;
  @LineField({ description: '所在地', max: 50, optional: true })
  city?: string;
  @LineField({ description: '办学层次', max: 20, optional: true })
  educationLevel?: string;
  @LineField({ description: '学校标识码', max: 20, optional: true })
  moeCode?: string;
}

/** 学校 */
@Injectable()
export class ShownSchools implements ShownNoun<School, Facts> {
  readonly id = 'schools';
  readonly name = '学校';
  readonly icon = 'Home';
  readonly section = 'EXAM';
  readonly entity = School;
  readonly key = 'code';
  readonly seenBy = EVERY_ROLE;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'code' };
  readonly exported = { by: ['CENTRAL', 'PROVINCE'], numbers: 'IN_FULL' } as const;
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<School, EditInput>({
      name: 'editDetails',
      label: '修改',
      icon: 'Edit2',
      on: 'ROW',
      roles: ['CENTRAL'],
      text: '学校代码不能修改。已保存的报名信息和已打印的准考证按新名称显示。',
      input: EditInput,
      fields: [
        { name: 'name', label: '学校名称', kind: 'TEXT', required: true, maxLength: 100 },
        { name: 'city', label: '所在地', kind: 'TEXT', maxLength: 50 },
        { name: 'educationLevel', label: '办学层次', kind: 'TEXT', maxLength: 20 },
        { name: 'moeCode', label: '学校标识码', kind: 'TEXT', maxLength: 20 },
      ],
      initial: ({ row }) => ({ ...row }),
      done: '学校信息已修改',
      run: ({ name, city, educationLevel, moeCode }, { row, user, asShown }) =>
        this.editSchool.execute(
          {
            schoolCode: row.code,
            asShown,
            name,
            city: city ?? null,
            educationLevel: educationLevel ?? null,
            moeCode: moeCode ?? null,
          },
          user.actor,
        ),
    }),
  ];

  constructor(
    private readonly schools: SchoolRepository,
    private readonly editSchool: EditSchool,
  ) {}

  gather(_rows: readonly School[], reader: Reader): Promise<Facts> {
    return this.schools.provinceNames(reader);
  }
}
