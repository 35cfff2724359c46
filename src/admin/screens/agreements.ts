import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { CountAcceptances, PublishAgreement } from '../../modules/qualification/index.js';
import { Agreement, AgreementRepository } from '../../modules/sitting/index.js';
import { IntField, TextField } from '../../platform/http/fields.js';
import { nounAction } from '../panel/noun-action.js';
import type { ShownColumn, ShownNoun } from '../panel/shown-noun.js';

const COLUMNS: readonly ShownColumn<Agreement, undefined>[] = [
  {
    name: 'version',
    label: '版本',
    on: ['list', 'show'],
    text: ({ version }) => `第 ${version} 版`,
    path: 'version',
    sortable: true,
  },
  {
    name: 'publishedAt',
    label: '发布时间',
    on: ['list', 'show'],
    text: ({ publishedAt }) => toShanghaiText(publishedAt),
  },
  {
    name: 'points',
    label: '条数',
    on: ['list'],
    text: ({ textZh }) => textZh.split('\n').filter((line) => line.trim() !== '').length,
  },
  { name: 'textZh', label: '中文文本', on: ['show'], text: ({ textZh }) => textZh },
  { name: 'textEn', label: '英文文本', on: ['show'], text: ({ textEn }) => textEn },
];

class PublishInput {
  @IntField({ description: '当前版本', min: 1, max: 1_000_000 })
  basedOn: number;
  @TextField({ description: '中文文本', max: 30_000 })
  textZh: string;
  @TextField({ description: '英文文本', max: 30_000 })
  textEn: string;
}

/** 报名协议: every version that was ever published, none of which changes (R-QU-1). */
@Injectable()
export class ShownAgreements implements ShownNoun<Agreement, undefined> {
  readonly id = 'agreements';
  readonly name = '报名协议';
  readonly icon = 'FileText';
  readonly section = 'EXAM';
  readonly entity = Agreement;
  readonly key = 'version';
  readonly seenBy = ['CENTRAL'] as const;
  readonly scopedBy = 'EVERYBODYS';
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<Agreement, PublishInput>({
      name: 'publish',
      label: '发布新版本',
      icon: 'Plus',
      on: 'NOUN',
      roles: ['CENTRAL'],
      text: async ({ user }) => {
        const { version, accounts } = await this.countAcceptances.execute(user.actor);
        return `已有 ${accounts.toLocaleString('zh-CN')} 个通行证账号同意第 ${version} 版。发布新版本后，所有考生须重新阅读并同意才能继续报名。已发布的版本不能再修改。`;
      },
      input: PublishInput,
      fields: [
        {
          name: 'basedOn',
          label: '当前版本',
          kind: 'NUMBER',
          required: true,
          help: '新版本在这个版本的基础上修改；如果其间已有人发布，会提示重新编辑。',
        },
        { name: 'textZh', label: '中文文本', kind: 'LONG_TEXT', required: true, help: '每行一条。' },
        {
          name: 'textEn',
          label: '英文文本',
          kind: 'LONG_TEXT',
          required: true,
          help: '每行一条，与中文对应。',
        },
      ],
      initial: async ({ reader }) => {
        const { version, textZh, textEn } = await this.agreements.current(reader);
        return { basedOn: version, textZh, textEn };
      },
      confirm: '发布后立即生效，所有考生须重新同意。请再次核对中英文文本，确定要发布吗？',
      done: '新版本已发布',
      run: async (input, { user }) => {
        const version = await this.publishAgreement.execute(input, user.actor);
        return { message: `第 ${version} 版报名协议已发布` };
      },
    }),
  ];

  constructor(
    private readonly agreements: AgreementRepository,
    private readonly countAcceptances: CountAcceptances,
    private readonly publishAgreement: PublishAgreement,
  ) {}

  async gather(): Promise<undefined> {
    return undefined;
  }
}
