import { Injectable } from '@nestjs/common';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { AllowOralElsewhere, Campus, EditCampus, SchoolRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { LineField } from '../../platform/http/fields.js';
import { nounAction } from '../panel/noun-action.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun } from '../panel/shown-noun.js';
import { trimmed } from './subject-columns.js';

/** Names of schools by code. */
type Facts = ReadonlyMap<string, string>;

const COLUMNS: readonly ShownColumn<Campus, Facts>[] = [
  {
    name: 'code',
    label: '校区代码',
    on: ['list', 'show'],
    text: ({ code }) => code,
    path: 'code',
    search: { by: 'WHOLE', normalise: plainCode },
    sortable: 'ASCENDING',
  },
  {
    name: 'name',
    label: '校区名称',
    on: ['list', 'show'],
    text: ({ name }) => name,
    path: 'name',
    search: { by: 'PART', normalise: trimmed },
  },
  {
    name: 'school',
    label: '学校',
    on: ['list', 'show'],
    text: ({ schoolCode }, names) => names.get(schoolCode) ?? schoolCode,
    link: ({ schoolCode }) => ({ noun: 'schools', id: schoolCode }),
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
    name: 'oralElsewhereAllowed',
    label: '到其他校区考口试',
    on: ['list', 'show'],
    text: ({ oralElsewhereAllowed }) => (oralElsewhereAllowed ? '允许' : '不允许'),
    inFile: {
      label: '允许跨校区口试',
      text: ({ oralElsewhereAllowed }) => (oralElsewhereAllowed ? '是' : '否'),
    },
  },
];

class EditInput {
  @LineField({ description: '校区名称', max: 100 })
  name: string;
}

/** 校区 */
@Injectable()
export class ShownCampuses implements ShownNoun<Campus, Facts> {
  readonly id = 'campuses';
  readonly name = '校区';
  readonly icon = 'MapPin';
  readonly section = 'EXAM';
  readonly entity = Campus;
  readonly key = 'code';
  readonly seenBy = EVERY_ROLE;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly exported = { by: EVERY_ROLE, numbers: 'IN_FULL' } as const;
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<Campus, EditInput>({
      name: 'editDetails',
      label: '修改名称',
      icon: 'Edit2',
      on: 'ROW',
      roles: ['CENTRAL'],
      text: '校区代码不能修改。',
      input: EditInput,
      fields: [{ name: 'name', label: '校区名称', kind: 'TEXT', required: true, maxLength: 100 }],
      initial: ({ row }) => ({ name: row.name }),
      done: '校区名称已修改',
      run: ({ name }, { row, user, asShown }) =>
        this.editCampus.execute({ campusCode: row.code, name, asShown }, user.actor),
    }),
    nounAction<Campus>({
      name: 'allowOralElsewhere',
      label: '允许到其他校区考口试',
      icon: 'Unlock',
      on: 'ROW',
      roles: ['SCHOOL', 'CENTRAL'],
      when: ({ oralElsewhereAllowed }) => !oralElsewhereAllowed,
      text: '允许后，该校区考生报考口试时可以选择对本校开放的其他校区。',
      done: '已允许到其他校区考口试',
      run: (_input, { row, user, asShown }) =>
        this.oralElsewhere.execute({ campusCode: row.code, allowed: true, asShown }, user.actor),
    }),
    nounAction<Campus>({
      name: 'forbidOralElsewhere',
      label: '不允许到其他校区考口试',
      icon: 'Lock',
      on: 'ROW',
      roles: ['SCHOOL', 'CENTRAL'],
      when: ({ oralElsewhereAllowed }) => oralElsewhereAllowed,
      text: '不允许后，该校区考生只能在本校区报考口试。已经报考其他校区口试的考生不受影响。',
      done: '已改为只能在本校区考口试',
      run: (_input, { row, user, asShown }) =>
        this.oralElsewhere.execute({ campusCode: row.code, allowed: false, asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly schools: SchoolRepository,
    private readonly editCampus: EditCampus,
    private readonly oralElsewhere: AllowOralElsewhere,
  ) {}

  async gather(rows: readonly Campus[], reader: Reader): Promise<Facts> {
    const schools = await this.schools.schools(
      reader,
      rows.map(({ schoolCode }) => schoolCode),
    );
    return new Map(schools.map(({ code, name }) => [code, name]));
  }
}
