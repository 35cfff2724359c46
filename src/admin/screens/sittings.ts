import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import {
  AddSitting,
  MakeSittingCurrent,
  type OralNeedsWritten,
  SetSittingPolicies,
  Sitting,
} from '../../modules/sitting/index.js';
import { EnumField, IntField, TextField, TimeField } from '../../platform/http/fields.js';
import { choicesOf } from '../panel/form.js';
import { nounAction } from '../panel/noun-action.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun } from '../panel/shown-noun.js';

const ORAL_NEEDS: Readonly<Record<OralNeedsWritten, string>> = {
  PAID: '同级笔试已支付',
  ENROLLED: '同级笔试已报考',
};
const moment = (time: Date | null) => time && toShanghaiText(time);

const COLUMNS: readonly ShownColumn<Sitting, undefined>[] = [
  {
    name: 'number',
    label: '考次编号',
    on: ['list', 'show'],
    text: ({ number }) => number,
    path: 'number',
    search: { by: 'WHOLE', normalise: plainCode },
    sortable: true,
  },
  { name: 'name', label: '名称', on: ['list', 'show'], text: ({ name }) => name },
  {
    name: 'current',
    label: '当前考次',
    on: ['list', 'show'],
    text: ({ current }) => (current ? '是，考生正在报考本考次' : '否'),
  },
  {
    name: 'payHours',
    label: '报考后支付时限',
    on: ['list', 'show'],
    text: ({ payHours }) => `${payHours} 小时`,
  },
  {
    name: 'emptyRegistrationHours',
    label: '空报名信息保留',
    on: ['show'],
    text: ({ emptyRegistrationHours }) => `${emptyRegistrationHours} 小时`,
  },
  {
    name: 'waitlistPayHours',
    label: '候补成功后支付时限',
    on: ['show'],
    text: ({ waitlistPayHours }) => `${waitlistPayHours} 小时`,
  },
  {
    name: 'oralNeedsWritten',
    label: '报考口试的条件',
    on: ['list', 'show'],
    text: ({ oralNeedsWritten }) => ORAL_NEEDS[oralNeedsWritten],
  },
  {
    name: 'paymentEndsAt',
    label: '缴费截止时间',
    on: ['list', 'show'],
    text: ({ paymentEndsAt }) => moment(paymentEndsAt) ?? '未设置',
  },
  {
    name: 'reportChangeOpensAt',
    label: '成绩报告单修改开始',
    on: ['show'],
    text: ({ reportChangeOpensAt }) => moment(reportChangeOpensAt),
  },
  {
    name: 'reportChangeClosesAt',
    label: '成绩报告单修改结束',
    on: ['show'],
    text: ({ reportChangeClosesAt }) => moment(reportChangeClosesAt),
  },
];

class AddInput {
  @IntField({ description: '考次编号', min: 1, max: 999 })
  number: number;
  @TextField({ description: '名称', max: 100, optional: true })
  name?: string;
}

class PoliciesInput {
  @TextField({ description: '名称', max: 100 })
  name: string;
  @IntField({ description: '报考后支付时限', min: 1, max: 720 })
  payHours: number;
  @IntField({ description: '空报名信息保留时间', min: 1, max: 720 })
  emptyRegistrationHours: number;
  @IntField({ description: '候补成功后支付时限', min: 1, max: 720 })
  waitlistPayHours: number;
  @EnumField({ description: '报考口试的条件', values: Object.keys(ORAL_NEEDS), name: 'OralNeedsWritten' })
  oralNeedsWritten: OralNeedsWritten;
  @TimeField({ description: '缴费截止时间', optional: true })
  paymentEndsAt?: Date;
  @TimeField({ description: '成绩报告单修改开始时间', optional: true })
  reportChangeOpensAt?: Date;
  @TimeField({ description: '成绩报告单修改结束时间', optional: true })
  reportChangeClosesAt?: Date;
}

/** 考次, with the policies the source documents disagree on. */
@Injectable()
export class ShownSittings implements ShownNoun<Sitting, undefined> {
  readonly id = 'sittings';
  readonly name = '考次';
  readonly icon = 'Calendar';
  readonly section = 'EXAM';
  readonly entity = Sitting;
  readonly seenBy = EVERY_ROLE;
  readonly scopedBy = 'EVERYBODYS';
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<Sitting, AddInput>({
      name: 'add',
      label: '添加考次',
      icon: 'Plus',
      on: 'NOUN',
      roles: ['CENTRAL'],
      text: '新考次的各项规则先取默认值，可再修改。添加后不会立即成为当前考次。',
      input: AddInput,
      fields: [
        {
          name: 'number',
          label: '考次编号',
          kind: 'NUMBER',
          required: true,
          help: '年份后两位加 1（上半年）或 2（下半年），如 262 为 2026 年下半年。',
        },
        { name: 'name', label: '名称', kind: 'TEXT', maxLength: 100, help: '不填时用通常的名称。' },
      ],
      done: '考次已添加',
      run: (input, { user }) => this.addSitting.execute(input, user.actor),
    }),
    nounAction<Sitting, PoliciesInput>({
      name: 'setPolicies',
      label: '修改规则',
      icon: 'Sliders',
      on: 'ROW',
      roles: ['CENTRAL'],
      text: '新的支付时限只用于此后报考或候补成功的科目，已经给考生的期限不变；空报名信息的保留时间立即按新规则计算。',
      input: PoliciesInput,
      fields: [
        { name: 'name', label: '名称', kind: 'TEXT', required: true, maxLength: 100 },
        { name: 'payHours', label: '报考后支付时限', kind: 'NUMBER', unit: '小时', required: true },
        {
          name: 'waitlistPayHours',
          label: '候补成功后支付时限',
          kind: 'NUMBER',
          unit: '小时',
          required: true,
        },
        {
          name: 'emptyRegistrationHours',
          label: '空报名信息保留时间',
          kind: 'NUMBER',
          unit: '小时',
          required: true,
          help: '没有任何科目的报名信息超过这个时间将被系统删除。',
        },
        {
          name: 'oralNeedsWritten',
          label: '报考口试的条件',
          kind: 'CHOICE',
          required: true,
          choices: choicesOf(ORAL_NEEDS),
        },
        {
          name: 'paymentEndsAt',
          label: '缴费截止时间',
          kind: 'TIME',
          help: '不能早于任何校区的网上报名结束时间；留空为不限。',
        },
        { name: 'reportChangeOpensAt', label: '成绩报告单修改开始时间', kind: 'TIME' },
        {
          name: 'reportChangeClosesAt',
          label: '成绩报告单修改结束时间',
          kind: 'TIME',
          help: '成绩发布后，考生可在这段时间内再次选择纸质或电子成绩报告单。',
        },
      ],
      initial: ({ row }) => ({ ...row }),
      done: '考次规则已修改',
      run: ({ paymentEndsAt, reportChangeOpensAt, reportChangeClosesAt, ...input }, { row, user, asShown }) =>
        this.setSittingPolicies.execute(
          {
            ...input,
            sittingId: row.id,
            asShown,
            paymentEndsAt: paymentEndsAt ?? null,
            reportChangeOpensAt: reportChangeOpensAt ?? null,
            reportChangeClosesAt: reportChangeClosesAt ?? null,
          },
          user.actor,
        ),
    }),
    nounAction<Sitting>({
      name: 'makeCurrent',
      label: '设为当前考次',
      icon: 'CheckCircle',
      on: 'ROW',
      roles: ['CENTRAL'],
      when: ({ current }) => !current,
      text: ({ row }) =>
        `设为当前考次后，考生看到和报考的是 ${row.number} 考次，原考次的报名信息不再显示给考生。原考次仍有校区在网上报名时不能切换。`,
      confirm: '切换后，考生立即看到新的考次。确定要切换吗？',
      done: '当前考次已切换',
      run: (_input, { row, user, asShown }) =>
        this.makeSittingCurrent.execute({ sittingId: row.id, asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly addSitting: AddSitting,
    private readonly setSittingPolicies: SetSittingPolicies,
    private readonly makeSittingCurrent: MakeSittingCurrent,
  ) {}

  async gather(): Promise<undefined> {
    return undefined;
  }
}
