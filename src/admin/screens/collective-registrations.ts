import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import {
  REPORT_FORMS,
  type ReportForm,
  SUBJECT_CODES,
  SUBJECTS,
  type SubjectCode,
} from '../../kernel/words.js';
import {
  CollectiveRegistration,
  CollectiveRegistrationRepository,
  DecideCollectiveRegistration,
  type LineCounts,
  MOST_LINES,
  StartCollectiveRegistration,
} from '../../modules/collective-registration/index.js';
import { type CampusNames, SchoolRepository, SittingRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { BooleanField, CodeField, EnumField, TextField } from '../../platform/http/fields.js';
import { fileLines } from '../../platform/import/file-lines.js';
import { choicesOf, type FormField } from '../panel/form.js';
import { nounAction } from '../panel/noun-action.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { StaffRepository } from '../staff/staff.repository.js';
import { sittingFilter } from './sitting-filter.js';
import { placeName, SUBJECT_WORDS } from './subject-columns.js';

interface Facts {
  readonly sittingNames: ReadonlyMap<string, string>;
  readonly staffNames: ReadonlyMap<string, string>;
  /** By campus code. */
  readonly places: ReadonlyMap<string, CampusNames>;
  /** By list. */
  readonly counts: ReadonlyMap<string, LineCounts>;
}

const STATES: Words = {
  CHECKING: { label: '正在检查', colour: 'info' },
  CHECKED: { label: '待确认', colour: 'danger' },
  ENROLLING: { label: '正在报名', colour: 'info' },
  DONE: { label: '已完成', colour: 'success' },
  DISCARDED: { label: '已作废' },
};

const count = (of: 'READY' | 'ENROLLED' | 'ALREADY' | 'REFUSED' | 'WAITING') => ({
  text: ({ id }: CollectiveRegistration, { counts }: Facts) => counts.get(id)?.[of] ?? 0,
});

const COLUMNS: readonly ShownColumn<CollectiveRegistration, Facts>[] = [
  {
    name: 'createdAt',
    label: '提交时间',
    on: ['list', 'show'],
    text: ({ createdAt }) => toShanghaiText(createdAt),
    // ids made later sort later, and need no index of their own
    path: 'id',
    sortable: true,
  },
  {
    name: 'sitting',
    label: '考次',
    on: ['show'],
    text: ({ sittingId }, { sittingNames }) => sittingNames.get(sittingId),
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
    name: 'campus',
    label: '考试校区',
    on: ['list', 'show'],
    text: ({ campusCode }, { places }) => (campusCode ? placeName(campusCode, places) : '考生本校区'),
  },
  {
    name: 'state',
    label: '状态',
    on: ['list', 'show'],
    text: ({ state }) => state,
    path: 'state',
    search: { by: 'WORD', words: STATES },
  },
  { name: 'lineCount', label: '名单人数', on: ['list', 'show'], text: ({ lineCount }) => lineCount },
  { name: 'waiting', label: '待检查', on: ['show'], ...count('WAITING') },
  { name: 'ready', label: '可以报名', on: ['list', 'show'], ...count('READY') },
  { name: 'enrolled', label: '已报名', on: ['list', 'show'], ...count('ENROLLED') },
  { name: 'already', label: '此前已报', on: ['list', 'show'], ...count('ALREADY') },
  {
    name: 'refused',
    label: '不能报名',
    on: ['list', 'show'],
    ...count('REFUSED'),
  },
  {
    name: 'lines',
    label: '名单明细',
    on: ['list', 'show'],
    text: () => '查看明细',
    link: ({ id }) => ({ noun: 'collective-registration-lines', filter: 'list', value: id }),
  },
  {
    name: 'locks',
    label: '集体缴费',
    on: ['show'],
    text: ({ locks }) => (locks ? '报名后锁定，由学校缴费' : '由考生自行缴费'),
  },
  {
    name: 'reportForm',
    label: '成绩报告单',
    on: ['show'],
    text: ({ reportForm }) => (reportForm ? REPORT_FORMS[reportForm] : '由考生选择'),
  },
  {
    name: 'staff',
    label: '提交人',
    on: ['show'],
    text: ({ staffId }, { staffNames }) => staffNames.get(staffId),
  },
  {
    name: 'endedAt',
    label: '完成时间',
    on: ['show'],
    text: ({ endedAt }) => endedAt && toShanghaiText(endedAt),
  },
  sittingFilter(),
];

class ListInput {
  @EnumField({ description: '科目', values: SUBJECT_CODES, name: 'SubjectCode' })
  subjectCode: SubjectCode;
  @CodeField({ description: '考试校区', max: 6, optional: true })
  campusCode?: string;
  @EnumField({
    description: '成绩报告单',
    values: Object.keys(REPORT_FORMS),
    name: 'ReportForm',
    optional: true,
  })
  reportForm?: ReportForm;
  @BooleanField({ description: '报名后锁定，由学校集体缴费', optional: true })
  locks?: boolean;
}

class PastedInput extends ListInput {
  @TextField({ description: '证件号码或学号，每行一个', max: 90_000 })
  numbers: string;
}

const FIELDS: readonly FormField[] = [
  {
    name: 'subjectCode',
    label: '科目',
    kind: 'CHOICE',
    required: true,
    choices: SUBJECT_CODES.map((value) => ({ value, label: SUBJECTS[value].name })),
  },
  {
    name: 'campusCode',
    label: '考试校区代码',
    kind: 'TEXT',
    maxLength: 6,
    help: '不填为每名考生的本校区；小语种和口试可填写接收本校考生的其他校区。',
  },
  {
    name: 'reportForm',
    label: '成绩报告单',
    kind: 'CHOICE',
    choices: choicesOf(REPORT_FORMS),
    help: '不选则由考生自己选择；口试没有成绩报告单的选择。',
  },
  {
    name: 'locks',
    label: '报名后锁定，由学校集体缴费',
    kind: 'FLAG',
    help: '锁定的科目考生不能取消、更改或自行支付。',
  },
];

const EXPLAINED =
  '按证件号码或学号在本校本考次学籍中查找考生。提交后先逐行检查，给出每名考生能否报名和原因；您确认后才会报名。没有通行证的考生会自动开通（账号为证件号码，初始密码 123456，只能用来修改密码，报名和缴费时间过后失效）；学籍中有手机的，修改初始密码须填写发到该手机的验证码，请在学籍中登记考生本人手机，以免他人抢先登录。';

/** 集体报名: the lists a school has handed in, and what became of them (R-PP-7). */
@Injectable()
export class ShownCollectiveRegistrations implements ShownNoun<CollectiveRegistration, Facts> {
  readonly id = 'collective-registrations';
  readonly name = '集体报名';
  readonly icon = 'UserPlus';
  readonly entity = CollectiveRegistration;
  readonly section = 'REGISTRATION';
  readonly seenBy = EVERY_ROLE;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<CollectiveRegistration, PastedInput>({
      name: 'paste',
      label: '粘贴名单报名',
      icon: 'Clipboard',
      on: 'NOUN',
      roles: ['SCHOOL'],
      text: EXPLAINED,
      input: PastedInput,
      fields: [
        {
          name: 'numbers',
          label: '证件号码或学号',
          kind: 'LONG_TEXT',
          required: true,
          maxLength: 90_000,
          help: `每行一个，最多 ${MOST_LINES} 人；从表格复制的整行也可以，第一列应为号码。`,
        },
        ...FIELDS,
      ],
      submit: '提交检查',
      done: '名单已提交，正在检查；稍后在列表中查看结果并确认',
      run: (input, { user }) =>
        this.start.execute({ ...input, locks: input.locks ?? false }, user.actor).then(told),
    }),
    nounAction<CollectiveRegistration, ListInput>({
      name: 'upload',
      label: '上传名单报名',
      icon: 'Upload',
      on: 'NOUN',
      roles: ['SCHOOL'],
      text: EXPLAINED,
      input: ListInput,
      file: { megabytes: 5, endings: ['.csv', '.txt', '.xlsx'] },
      fields: [
        {
          name: 'file',
          label: '名单文件',
          kind: 'FILE',
          required: true,
          accept: '.csv,.txt,.xlsx',
          help: `CSV 或 Excel 文件，第一列为证件号码或学号，最多 ${MOST_LINES} 人。`,
        },
        ...FIELDS,
      ],
      submit: '提交检查',
      done: '名单已提交，正在检查；稍后在列表中查看结果并确认',
      run: async (input, { user, file }) => {
        const numbers = await firstCells(file!.path);
        return told(await this.start.execute({ ...input, numbers, locks: input.locks ?? false }, user.actor));
      },
    }),
    nounAction<CollectiveRegistration>({
      name: 'enrol',
      label: '确认报名',
      icon: 'CheckCircle',
      on: 'ROW',
      roles: ['SCHOOL'],
      when: ({ state }) => state === 'CHECKED',
      text: '检查通过的考生将逐一报名，报名时会再次检查资格和考位；不能报名的列在明细中，不影响其他考生。',
      confirm: '确定要为检查通过的考生报名吗？',
      done: '已开始报名，结果稍后可在列表和明细中查看',
      run: (_input, { row, user, asShown }) =>
        this.decide.execute({ id: row.id, enrol: true, asShown }, user.actor),
    }),
    nounAction<CollectiveRegistration>({
      name: 'discard',
      label: '作废',
      icon: 'XCircle',
      on: 'ROW',
      roles: ['SCHOOL'],
      when: ({ state }) => state === 'CHECKED',
      text: '作废后不会为名单中的任何考生报名。',
      done: '名单已作废',
      run: (_input, { row, user, asShown }) =>
        this.decide.execute({ id: row.id, enrol: false, asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly staff: StaffRepository,
    private readonly lists: CollectiveRegistrationRepository,
    private readonly start: StartCollectiveRegistration,
    private readonly decide: DecideCollectiveRegistration,
  ) {}

  async gather(rows: readonly CollectiveRegistration[], reader: Reader): Promise<Facts> {
    const [sittings, staffNames, places, counts] = await Promise.all([
      this.sittings.all(reader),
      this.staff.names(
        reader,
        rows.map(({ staffId }) => staffId),
      ),
      this.schools.names(
        reader,
        rows.flatMap(({ campusCode }) => campusCode ?? []),
      ),
      this.lists.counts(
        reader,
        rows.map(({ id }) => id),
      ),
    ]);
    return { sittingNames: new Map(sittings.map(({ id, name }) => [id, name])), staffNames, places, counts };
  }
}

function told({ id, lineCount }: CollectiveRegistration) {
  return {
    facts: [
      { label: '名单人数', value: String(lineCount) },
      { label: '名单编号', value: id },
    ],
  };
}

/** The first cell of every line of a file, a line each; of too many, enough to see that they are. */
async function firstCells(path: string): Promise<string> {
  const cells: string[] = [];
  for await (const line of fileLines(path)) {
    const cell = (line.cells[0] ?? '').replaceAll('\n', ' ');
    if (cell.trim() !== '') cells.push(cell);
    if (cells.length > 2 * MOST_LINES) break;
  }
  return cells.join('\n');
}
