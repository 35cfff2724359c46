import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { yuan } from '../../kernel/money.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { scopeOf } from '../../kernel/scope.js';
import {
  SUBJECT_CODES,
  SUBJECTS,
  type SubjectCode,
  TICKET_PRINTING,
  type TicketPrinting,
} from '../../kernel/words.js';
import { ArrangeSeats } from '../../modules/registration/index.js';
import {
  type Admits,
  type CampusNames,
  EditVenues,
  OfferSubject,
  SchoolRepository,
  SittingRepository,
  Venue,
  type VenueSettings,
  WithdrawSubjects,
} from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import {
  CodeField,
  EnumField,
  IntField,
  TextField,
  TimeField,
  YuanField,
} from '../../platform/http/fields.js';
import { choicesOf, type FormField } from '../panel/form.js';
import { nounAction } from '../panel/noun-action.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { sittingFilter } from './sitting-filter.js';
import { SUBJECT_WORDS } from './subject-columns.js';

interface Facts {
  /** By id. */
  readonly sittingNumbers: ReadonlyMap<string, number>;
  /** By campus code. */
  readonly places: ReadonlyMap<string, CampusNames>;
}

const KINDS: Words = {
  WRITTEN: { label: '笔试', colour: 'info' },
  ORAL: { label: '口试', colour: 'default' },
};
const ADMITS: Readonly<Record<Admits, string>> = {
  OWN_SCHOOL: '只限本校',
  LISTED_SCHOOLS: '指定学校',
  ALL_SCHOOLS: '全部学校',
};

const moment = (time: Date | null) => time && toShanghaiText(time);
const interval = (from: Date | null, to: Date | null) =>
  from && to ? timeSpan(toShanghaiText(from), toShanghaiText(to)) : '未设置';

/** `2026-12-21 09:00 至 11:20`: the day once where it is one. */
function timeSpan(from: string, to: string): string {
  const [day] = from.split(' ');
  return `${from} 至 ${to.startsWith(`${day} `) ? to.slice(day!.length + 1) : to}`;
}

/** Pages show an interval; a file has its ends apart, as its import reads them. */
const inFileOnly = (
  name: 'examStartsAt' | 'examEndsAt' | 'opensAt' | 'closesAt',
  label: string,
): ShownColumn<Venue, Facts> => ({ name, label, on: [], text: (venue) => moment(venue[name]), inFile: {} });

const COLUMNS: readonly ShownColumn<Venue, Facts>[] = [
  // a list has room for eight
  {
    name: 'subject',
    label: '科目',
    on: ['list', 'show'],
    text: ({ subjectCode }) => subjectCode,
    path: 'subjectCode',
    search: { by: 'WORD', words: SUBJECT_WORDS },
  },
  {
    name: 'sitting',
    label: '考次',
    on: ['list', 'show'],
    text: ({ sittingId }, { sittingNumbers }) => sittingNumbers.get(sittingId),
    link: ({ sittingId }) => ({ noun: 'sittings', id: sittingId }),
  },
  {
    name: 'campus',
    label: '校区',
    on: ['list', 'show'],
    text: ({ campusCode }, { places }) => {
      const place = places.get(campusCode);
      return place ? `${place.school.name} ${place.campus.name}` : campusCode;
    },
    link: ({ campusCode }) => ({ noun: 'campuses', id: campusCode }),
  },
  {
    name: 'fee',
    label: '费用',
    on: ['list', 'show'],
    text: ({ feeFen }) => (feeFen === null ? '未设置' : yuan(feeFen)),
    inFile: { text: ({ feeFen }) => feeFen && feeFen / 100 },
  },
  { name: 'capacity', label: '容量', on: ['list', 'show'], text: ({ capacity }) => capacity },
  // candidates come and go while staff look; what must hold of these numbers is a rule's to say
  { name: 'taken', label: '已占考位', on: ['list', 'show'], text: ({ taken }) => taken, settled: () => null },
  {
    name: 'waiting',
    label: '候补',
    on: ['list', 'show'],
    text: ({ waiting }) => waiting,
    settled: () => null,
  },
  {
    name: 'exam',
    label: '考试时间',
    on: ['list', 'show'],
    text: ({ examStartsAt, examEndsAt }) => interval(examStartsAt, examEndsAt),
    inFile: 'LEFT_OUT',
  },
  inFileOnly('examStartsAt', '考试开始时间'),
  inFileOnly('examEndsAt', '考试结束时间'),
  {
    name: 'window',
    label: '网上报名时间',
    on: ['show'],
    text: ({ opensAt, closesAt }) => interval(opensAt, closesAt),
    inFile: 'LEFT_OUT',
  },
  inFileOnly('opensAt', '报名开始时间'),
  inFileOnly('closesAt', '报名结束时间'),
  {
    name: 'kind',
    label: '类别',
    on: ['show'],
    text: ({ kind }) => kind,
    path: 'kind',
    search: { by: 'WORD', words: KINDS },
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
    name: 'provinceCode',
    label: '省份代码',
    on: [],
    text: ({ provinceCode }) => provinceCode,
    path: 'provinceCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'campusCode',
    label: '校区代码',
    on: ['show'],
    text: ({ campusCode }) => campusCode,
    path: 'campusCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'admits',
    label: '开放范围',
    on: ['show'],
    text: ({ admits, admittedSchools }) =>
      admits === 'LISTED_SCHOOLS' ? `本校和 ${(admittedSchools ?? []).join('、')}` : ADMITS[admits],
    inFile: {
      label: '招生范围',
      text: ({ admits, admittedSchools }) =>
        admits === 'LISTED_SCHOOLS' ? (admittedSchools ?? []).join('、') : ADMITS[admits],
    },
  },
  {
    name: 'ticketPrinting',
    label: '准考证打印方式',
    on: ['show'],
    text: ({ ticketPrinting }) => TICKET_PRINTING[ticketPrinting],
  },
  {
    name: 'ticketAvailableAt',
    label: '准考证打印开始',
    on: ['show'],
    text: ({ kind, ticketAvailableAt }) =>
      kind === 'ORAL' ? '由省级统一设置' : (moment(ticketAvailableAt) ?? '未设置'),
    inFile: { label: '准考证打印时间', text: ({ ticketAvailableAt }) => moment(ticketAvailableAt) },
  },
  sittingFilter(),
];

class SettingsInput {
  @IntField({ description: '容量', min: 0, max: 1_000_000, optional: true })
  capacity?: number;
  @YuanField({ description: '费用', minFen: 1, maxFen: 1_000_000, optional: true })
  feeFen?: number;
  @TimeField({ description: '考试开始时间', optional: true })
  examStartsAt?: Date;
  @TimeField({ description: '考试结束时间', optional: true })
  examEndsAt?: Date;
  @EnumField({
    description: '准考证打印方式',
    values: Object.keys(TICKET_PRINTING),
    name: 'TicketPrinting',
    optional: true,
  })
  ticketPrinting?: TicketPrinting;
  @TimeField({ description: '准考证打印开始时间', optional: true })
  ticketAvailableAt?: Date;
}

class EditInput extends SettingsInput {
  @IntField({ description: '容量', min: 0, max: 1_000_000 })
  declare capacity: number;
  @EnumField({ description: '准考证打印方式', values: Object.keys(TICKET_PRINTING), name: 'TicketPrinting' })
  declare ticketPrinting: TicketPrinting;
  @EnumField({ description: '开放范围', values: Object.keys(ADMITS), name: 'Admits' })
  admits: Admits;
  @TextField({ description: '指定的学校代码', max: 3000, pattern: /^[\d\s,，、;；]+$/, optional: true })
  admittedSchools?: string;
}

class OfferInput {
  @CodeField({ description: '校区代码', min: 6, max: 6 })
  campusCode: string;
  @EnumField({ description: '科目', values: SUBJECT_CODES, name: 'SubjectCode' })
  subjectCode: SubjectCode;
  @IntField({ description: '容量', min: 0, max: 1_000_000 })
  capacity: number;
  @YuanField({ description: '费用', minFen: 1, maxFen: 1_000_000, optional: true })
  feeFen?: number;
  @TimeField({ description: '考试开始时间', optional: true })
  examStartsAt?: Date;
  @TimeField({ description: '考试结束时间', optional: true })
  examEndsAt?: Date;
}

class ArrangeInput {
  @IntField({ description: '每个考场的人数', min: 1, max: 99 })
  seatsPerRoom: number;
}

const CAPACITY = {
  name: 'capacity',
  label: '容量',
  kind: 'NUMBER',
  unit: '个考位',
  help: '不能小于已占考位；容量增加后，空出的考位先分配给候补考生。',
} as const;
const FEE = {
  name: 'feeFen',
  label: '费用',
  kind: 'YUAN',
  help: '已报考的考生仍按报考时的费用支付。',
} as const;
const EXAM_STARTS = { name: 'examStartsAt', label: '考试开始时间', kind: 'TIME' } as const;
const EXAM_ENDS = {
  name: 'examEndsAt',
  label: '考试结束时间',
  kind: 'TIME',
  help: '口试为考试时间区间，具体场次以准考证为准。网上报名应在考试开始前截止。',
} as const;
const PRINTING = {
  name: 'ticketPrinting',
  label: '准考证打印方式',
  kind: 'CHOICE',
  choices: choicesOf(TICKET_PRINTING),
} as const;
const TICKETS_FROM = {
  name: 'ticketAvailableAt',
  label: '准考证打印开始时间',
  kind: 'TIME',
  help: '只用于笔试；口试准考证的打印时间由省级承办机构设置。',
} as const;

/** 考点科目: what each campus offers, and how it is set up. Windows are on the page of their own. */
@Injectable()
export class ShownVenues implements ShownNoun<Venue, Facts> {
  readonly id = 'venues';
  readonly name = '考点科目';
  readonly icon = 'Grid';
  readonly section = 'EXAM';
  readonly entity = Venue;
  readonly seenBy = EVERY_ROLE;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly exported = { by: EVERY_ROLE, numbers: 'IN_FULL' } as const;
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<Venue, OfferInput>({
      name: 'offer',
      label: '增加考点科目',
      icon: 'Plus',
      on: 'NOUN',
      roles: ['SCHOOL', 'CENTRAL'],
      text: '加入当前考次。网上报名时间与该校区同类科目相同；还没有设置的，由省级承办机构设置后考生才能报考。',
      input: OfferInput,
      fields: async ({ user, reader }) => [
        await this.campusField(user.actor, reader),
        {
          name: 'subjectCode',
          label: '科目',
          kind: 'CHOICE',
          required: true,
          choices: choicesOf(SUBJECT_WORDS),
        },
        { ...CAPACITY, help: '', required: true },
        { ...FEE, help: '未确定时可留空，设置费用后考生才能报考。' },
        EXAM_STARTS,
        EXAM_ENDS,
      ],
      done: '科目已增加',
      run: async ({ feeFen, examStartsAt, examEndsAt, ...input }, { user, reader }) => {
        const { id: sittingId } = await this.sittings.current(reader);
        await this.offerSubject.execute(
          {
            ...input,
            sittingId,
            feeFen: feeFen ?? null,
            examStartsAt: examStartsAt ?? null,
            examEndsAt: examEndsAt ?? null,
          },
          user.actor,
        );
      },
    }),
    nounAction<Venue, EditInput>({
      name: 'setUp',
      label: '设置',
      icon: 'Sliders',
      on: 'ROW',
      roles: ['SCHOOL', 'CENTRAL'],
      text: ({ row }) =>
        `${SUBJECTS[row.subjectCode].name}，校区 ${row.campusCode}。已占 ${row.taken} 个考位，${row.waiting} 人候补。网上报名时间由省级承办机构设置。`,
      input: EditInput,
      fields: async ({ row }) => [
        { ...CAPACITY, required: true },
        FEE,
        EXAM_STARTS,
        EXAM_ENDS,
        {
          name: 'admits',
          label: '开放范围',
          kind: 'CHOICE',
          required: true,
          choices: choicesOf(ADMITS),
          help: '英语四、六级笔试只限本校；小语种笔试和口试可以对其他学校开放。',
        },
        {
          name: 'admittedSchools',
          label: '指定的学校代码',
          kind: 'TEXT',
          maxLength: 3000,
          placeholder: '12002、12003',
          help: '开放范围为“指定学校”时填写，用顿号或空格分开。本校考生总可以报考。',
        },
        { ...PRINTING, required: true },
        ...(row.kind === 'WRITTEN' ? [TICKETS_FROM] : []),
      ],
      initial: ({ row }) => ({ ...row, admittedSchools: row.admittedSchools?.join('、') }),
      done: '科目设置已保存',
      run: ({ admittedSchools, ...input }, { row, user, asShown }) =>
        this.editVenues.execute(
          {
            venueIds: [row.id],
            asShown,
            settings: {
              capacity: input.capacity,
              ticketPrinting: input.ticketPrinting,
              admits: input.admits,
              feeFen: input.feeFen ?? null,
              examStartsAt: input.examStartsAt ?? null,
              examEndsAt: input.examEndsAt ?? null,
              ticketAvailableAt: input.ticketAvailableAt ?? null,
              admittedSchools: codesIn(admittedSchools),
            },
          },
          user.actor,
        ),
    }),
    nounAction<Venue, SettingsInput>({
      name: 'setUpMany',
      label: '批量设置',
      icon: 'Sliders',
      on: 'ROWS',
      roles: ['SCHOOL', 'CENTRAL'],
      text: '留空的项目保持不变。所选科目要么全部修改，要么都不修改。',
      input: SettingsInput,
      fields: [CAPACITY, FEE, EXAM_STARTS, EXAM_ENDS, PRINTING, TICKETS_FROM],
      done: '所选科目已设置',
      run: (input, { rows, user, asShown }) =>
        this.editVenues.execute(
          { venueIds: rows.map(({ id }) => id), settings: given({ ...input }), asShown },
          user.actor,
        ),
    }),
    nounAction<Venue, ArrangeInput>({
      name: 'arrange',
      label: '编排考场',
      icon: 'Users',
      on: 'ROWS',
      roles: ['SCHOOL'],
      text: '报名截止、考位全部支付后，把已支付的考生随机编入考场和座位并生成准考证号。已编排的考生不变；所选科目要么全部编排，要么都不编排。',
      input: ArrangeInput,
      fields: [{ name: 'seatsPerRoom', label: '每个考场的人数', kind: 'NUMBER', unit: '人', required: true }],
      confirm: '准考证号生成后不能更改，确定要编排所选科目吗？',
      done: '所选科目已编排',
      run: async ({ seatsPerRoom }, { rows, user, asShown }) => {
        const venueIds = rows.map(({ id }) => id);
        const command = { venueIds, seatsPerRoom, asShown };
        const { candidates, rooms } = await this.arrangeSeats.execute(command, user.actor);
        return { message: `已编排 ${candidates} 名考生，${rooms} 个考场` };
      },
    }),
    nounAction<Venue>({
      name: 'withdraw',
      label: '取消开考',
      icon: 'Trash2',
      on: 'ROWS',
      roles: ['SCHOOL', 'CENTRAL'],
      text: '只能取消从未有考生报考或候补的科目。',
      confirm: '确定要取消所选科目的开考吗？',
      done: '所选科目已取消开考',
      run: (_input, { rows, user, asShown }) =>
        this.withdrawSubjects.execute({ venueIds: rows.map(({ id }) => id), asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly offerSubject: OfferSubject,
    private readonly editVenues: EditVenues,
    private readonly withdrawSubjects: WithdrawSubjects,
    private readonly arrangeSeats: ArrangeSeats,
  ) {}

  async gather(rows: readonly Venue[], reader: Reader): Promise<Facts> {
    const sittings = await this.sittings.all(reader);
    const places = await this.schools.names(
      reader,
      rows.map(({ campusCode }) => campusCode),
    );
    return { sittingNumbers: new Map(sittings.map(({ id, number }) => [id, number])), places };
  }

  /** A school chooses among its few campuses; for central staff there are too many. */
  private async campusField(actor: Parameters<typeof scopeOf>[0], reader: Reader): Promise<FormField> {
    const field = { name: 'campusCode', label: '校区', required: true } as const;
    const scope = scopeOf(actor);
    if (!('schoolCode' in scope))
      return { ...field, label: '校区代码', kind: 'TEXT', maxLength: 6, placeholder: '120010' };
    const campuses = await this.schools.campusesIn(reader, scope);
    return {
      ...field,
      kind: 'CHOICE',
      choices: campuses.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
    };
  }
}

function codesIn(text: string | undefined): string[] | null {
  const codes = text?.match(/\d+/g);
  return codes ? [...new Set(codes)] : null;
}

/** What was typed; the rest stays as it is. */
function given(input: SettingsInput): Partial<VenueSettings> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}
