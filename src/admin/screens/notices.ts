import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { scopeOf } from '../../kernel/scope.js';
import { EXAM_KINDS, type ExamKind } from '../../kernel/words.js';
import {
  EditNotice,
  LONGEST_NOTICE,
  Notice,
  PublishNotice,
  RepublishNotice,
  SchoolRepository,
  SittingRepository,
  WithdrawNotice,
} from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { EnumField, TextField, TimeField } from '../../platform/http/fields.js';
import { nounAction } from '../panel/noun-action.js';
import { EVERY_ROLE, type PanelUser } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { sittingFilter } from './sitting-filter.js';

interface Facts {
  readonly sittingNumbers: ReadonlyMap<string, number>;
  readonly provinceNames: ReadonlyMap<string, string>;
  readonly schoolNames: ReadonlyMap<string, string>;
  readonly now: Date;
}

const ISSUERS: Words = {
  CENTRAL: { label: '考试院通告', colour: 'danger' },
  PROVINCE: { label: '省通告', colour: 'info' },
  SCHOOL: { label: '学校通告', colour: 'success' },
};
const KIND_WORDS: Words = { WRITTEN: { label: '笔试' }, ORAL: { label: '口试' } };
/** A field of a form cannot send "none". */
const BOTH = 'BOTH';
const KIND_CHOICES = [
  { value: BOTH, label: '笔试和口试' },
  { value: 'WRITTEN', label: '只随笔试科目显示' },
  { value: 'ORAL', label: '只随口试科目显示' },
];

const COLUMNS: readonly ShownColumn<Notice, Facts>[] = [
  { name: 'title', label: '标题', on: ['list', 'show'], text: ({ title }) => title },
  {
    name: 'issuer',
    label: '类别',
    on: ['list', 'show'],
    text: ({ issuer }) => issuer,
    path: 'issuer',
    search: { by: 'WORD', words: ISSUERS },
  },
  {
    name: 'place',
    label: '发布单位',
    on: ['list', 'show'],
    text: ({ provinceCode, schoolCode }, { provinceNames, schoolNames }) => {
      if (schoolCode) return schoolNames.get(schoolCode) ?? schoolCode;
      return provinceCode ? (provinceNames.get(provinceCode) ?? provinceCode) : '教育考试院';
    },
  },
  {
    name: 'kind',
    label: '显示于',
    on: ['list', 'show'],
    text: ({ kind }) => (kind ? `${KIND_WORDS[kind]!.label}科目` : '笔试和口试科目'),
  },
  {
    name: 'sitting',
    label: '考次',
    on: ['list', 'show'],
    text: ({ sittingId }, { sittingNumbers }) => sittingNumbers.get(sittingId),
  },
  {
    name: 'state',
    label: '状态',
    on: ['list', 'show'],
    text: ({ withdrawnAt, publishedAt }, { now }) => {
      if (withdrawnAt) return `已撤回（${toShanghaiText(withdrawnAt)}）`;
      return publishedAt > now ? '到发布时间后显示' : '已发布';
    },
    // its hour may strike meanwhile
    settled: ({ withdrawnAt }) => withdrawnAt && toShanghaiText(withdrawnAt),
  },
  {
    name: 'publishedAt',
    label: '发布时间',
    on: ['list', 'show'],
    text: ({ publishedAt }) => toShanghaiText(publishedAt),
    path: 'publishedAt',
    search: { by: 'DAYS' },
    sortable: true,
  },
  { name: 'body', label: '正文', on: ['show'], text: ({ bodyText }) => bodyText },
  sittingFilter(),
];

class NoticeInput {
  @TextField({ description: '标题', max: 200 })
  title: string;
  @EnumField({ description: '显示于', values: [BOTH, ...EXAM_KINDS], name: 'NoticeKind' })
  kind: ExamKind | typeof BOTH;
  @TextField({ description: '正文', max: LONGEST_NOTICE })
  body: string;
  @TimeField({ description: '发布时间', optional: true })
  publishedAt?: Date;
}

const FIELDS = [
  { name: 'title', label: '标题', kind: 'TEXT', required: true, maxLength: 200 },
  { name: 'kind', label: '显示于', kind: 'CHOICE', required: true, choices: KIND_CHOICES },
  {
    name: 'body',
    label: '正文',
    kind: 'RICH_TEXT',
    required: true,
    help: '可以加粗、分级标题、列表、引用和链接；图片和其他格式在保存时去掉。',
  },
  {
    name: 'publishedAt',
    label: '发布时间',
    kind: 'TIME',
    help: '考生从这个时间起看到通告；留空为立即发布。',
  },
] as const;

/** 通告: of the authority, a province or a school, read by its candidates beside their choice of subjects (R-WE-8). */
@Injectable()
export class ShownNotices implements ShownNoun<Notice, Facts> {
  readonly id = 'notices';
  readonly name = '通告';
  readonly icon = 'Volume2';
  readonly section = 'EXAM';
  readonly entity = Notice;
  readonly seenBy = EVERY_ROLE;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<Notice, NoticeInput>({
      name: 'publish',
      label: '发布通告',
      icon: 'Plus',
      on: 'NOUN',
      roles: EVERY_ROLE,
      text: ({ user }) => `发布给当前考次${AUDIENCES[user.actor.role]}的考生，在报考页面和报名信息页面显示。`,
      input: NoticeInput,
      fields: FIELDS,
      initial: () => ({ kind: BOTH }),
      done: '通告已发布',
      run: async ({ kind, ...input }, { user, reader }) => {
        const { id: sittingId } = await this.sittings.current(reader);
        await this.publishNotice.execute({ ...input, sittingId, kind: kindOf(kind) }, user.actor);
      },
    }),
    nounAction<Notice, NoticeInput>({
      name: 'editNotice',
      label: '修改',
      icon: 'Edit2',
      on: 'ROW',
      roles: EVERY_ROLE,
      when: (row, user) => isOwn(row, user) && !row.withdrawnAt,
      input: NoticeInput,
      fields: FIELDS,
      initial: ({ row }) => ({ ...row, body: row.bodyHtml, kind: row.kind ?? BOTH }),
      done: '通告已修改',
      run: ({ kind, publishedAt, ...input }, { row, user, asShown }) =>
        this.editNotice.execute(
          {
            ...input,
            noticeId: row.id,
            kind: kindOf(kind),
            publishedAt: publishedAt ?? row.publishedAt,
            asShown,
          },
          user.actor,
        ),
    }),
    nounAction<Notice>({
      name: 'withdraw',
      label: '撤回',
      icon: 'EyeOff',
      on: 'ROW',
      roles: EVERY_ROLE,
      when: (row, user) => !row.withdrawnAt && (isOwn(row, user) || user.actor.role === 'CENTRAL'),
      text: '撤回后，考生立即不再看到该通告。',
      confirm: '确定要撤回该通告吗？',
      done: '通告已撤回',
      run: (_input, { row, user, asShown }) =>
        this.withdrawNotice.execute({ noticeId: row.id, asShown }, user.actor),
    }),
    nounAction<Notice>({
      name: 'republish',
      label: '重新发布',
      icon: 'Eye',
      on: 'ROW',
      roles: EVERY_ROLE,
      when: (row, user) => row.withdrawnAt !== null && isOwn(row, user),
      text: '考生立即重新看到该通告，发布时间改为现在。',
      done: '通告已重新发布',
      run: (_input, { row, user, asShown }) =>
        this.republishNotice.execute({ noticeId: row.id, asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly publishNotice: PublishNotice,
    private readonly editNotice: EditNotice,
    private readonly withdrawNotice: WithdrawNotice,
    private readonly republishNotice: RepublishNotice,
  ) {}

  async gather(rows: readonly Notice[], reader: Reader): Promise<Facts> {
    const sittings = await this.sittings.all(reader);
    const provinceNames = await this.schools.provinceNames(reader);
    const schools = await this.schools.schools(
      reader,
      rows.flatMap(({ schoolCode }) => schoolCode ?? []),
    );
    return {
      sittingNumbers: new Map(sittings.map(({ id, number }) => [id, number])),
      provinceNames,
      schoolNames: new Map(schools.map(({ code, name }) => [code, name])),
      now: reader.now,
    };
  }
}

const AUDIENCES = { CENTRAL: '全国', PROVINCE: '本省', SCHOOL: '本校' } as const;

/** Issued by whoever looks at it: their role and their place. */
function isOwn({ issuer, provinceCode, schoolCode }: Notice, { actor }: PanelUser): boolean {
  if (issuer !== actor.role || 'none' in scopeOf(actor)) return false;
  if (issuer === 'SCHOOL') return schoolCode === actor.schoolCode;
  return issuer === 'CENTRAL' || provinceCode === actor.provinceCode;
}

function kindOf(kind: NoticeInput['kind']): ExamKind | null {
  return kind === BOTH ? null : kind;
}
