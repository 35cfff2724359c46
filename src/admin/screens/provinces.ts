import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { yuan } from '../../kernel/money.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import {
  Province,
  type ProvinceSetting,
  RenameProvince,
  SchoolRepository,
  SetProvinceSettings,
  type Sitting,
  SittingRepository,
} from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { LineField, TimeField, YuanField } from '../../platform/http/fields.js';
import { nounAction } from '../panel/noun-action.js';
import type { ShownColumn, ShownNoun } from '../panel/shown-noun.js';
import { trimmed } from './subject-columns.js';

interface Facts {
  /** Of the current sitting, by province. */
  readonly settings: ReadonlyMap<string, ProvinceSetting>;
  readonly sitting: Sitting | undefined;
}

const moment = (time: Date | null | undefined) => time && toShanghaiText(time);

const COLUMNS: readonly ShownColumn<Province, Facts>[] = [
  {
    name: 'code',
    label: '省份代码',
    on: ['list', 'show'],
    text: ({ code }) => code,
    path: 'code',
    search: { by: 'WHOLE', normalise: plainCode },
    sortable: 'ASCENDING',
  },
  {
    name: 'name',
    label: '名称',
    on: ['list', 'show'],
    text: ({ name }) => name,
    path: 'name',
    search: { by: 'PART', normalise: trimmed },
  },
  { name: 'sitting', label: '考次', on: ['show'], text: (_, { sitting }) => sitting?.name },
  {
    name: 'oralTicketAvailableAt',
    label: '口试准考证打印开始',
    on: ['list', 'show'],
    text: ({ code }, { settings }) => moment(settings.get(code)?.oralTicketAvailableAt) ?? '未设置',
  },
  {
    name: 'oralExams',
    label: '口试安排',
    on: ['list', 'show'],
    text: ({ code }, { settings }) => {
      const { oralExamsFrom, oralExamsUntil } = settings.get(code) ?? {};
      return oralExamsFrom && oralExamsUntil
        ? `${toShanghaiText(oralExamsFrom)} 至 ${toShanghaiText(oralExamsUntil)}`
        : '不限';
    },
  },
  {
    name: 'writtenFeeMost',
    label: '笔试费用上限',
    on: ['list', 'show'],
    text: ({ code }, { settings }) => feeText(settings.get(code)?.writtenFeeMostFen),
  },
  {
    name: 'oralFeeMost',
    label: '口试费用上限',
    on: ['list', 'show'],
    text: ({ code }, { settings }) => feeText(settings.get(code)?.oralFeeMostFen),
  },
];

function feeText(fen: number | null | undefined): string {
  return fen == null ? '不限' : yuan(fen);
}

class RenameInput {
  @LineField({ description: '名称', max: 50 })
  name: string;
}

class SettingsInput {
  @TimeField({ description: '口试准考证打印开始时间', optional: true })
  oralTicketAvailableAt?: Date;
  @TimeField({ description: '口试安排开始', optional: true })
  oralExamsFrom?: Date;
  @TimeField({ description: '口试安排结束', optional: true })
  oralExamsUntil?: Date;
  @YuanField({ description: '笔试费用上限', minFen: 1, maxFen: 1_000_000, optional: true })
  writtenFeeMostFen?: number;
  @YuanField({ description: '口试费用上限', minFen: 1, maxFen: 1_000_000, optional: true })
  oralFeeMostFen?: number;
}

/** 省, and what each has set for the current sitting: oral ticket times, and limits for its schools. */
@Injectable()
export class ShownProvinces implements ShownNoun<Province, Facts> {
  readonly id = 'provinces';
  readonly name = '省级设置';
  readonly icon = 'Map';
  readonly section = 'EXAM';
  readonly entity = Province;
  readonly key = 'code';
  readonly seenBy = ['CENTRAL', 'PROVINCE'] as const;
  readonly scopedBy = { provinceCode: 'code' };
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<Province, SettingsInput>({
      name: 'set',
      label: '设置',
      icon: 'Sliders',
      on: 'ROW',
      roles: ['CENTRAL', 'PROVINCE'],
      text: '只用于当前考次。费用上限和口试安排约束本省学校此后的考点设置，学校已经设置好的不受影响。留空为不限。',
      input: SettingsInput,
      fields: [
        {
          name: 'oralTicketAvailableAt',
          label: '口试准考证打印开始时间',
          kind: 'TIME',
          help: '考生和学校从这个时间起可以打印本省的口试准考证。',
        },
        { name: 'oralExamsFrom', label: '口试安排开始', kind: 'TIME' },
        {
          name: 'oralExamsUntil',
          label: '口试安排结束',
          kind: 'TIME',
          help: '本省学校的口试考试时间应在这段时间之内。',
        },
        { name: 'writtenFeeMostFen', label: '笔试费用上限', kind: 'YUAN' },
        { name: 'oralFeeMostFen', label: '口试费用上限', kind: 'YUAN' },
      ],
      initial: async ({ row, reader }) => ({ ...(await this.settingOf(row.code, reader)) }),
      done: '设置已保存',
      run: async (input, { row, user, reader, asShown }) => {
        const { id: sittingId } = await this.sittings.current(reader);
        await this.setProvinceSettings.execute(
          {
            sittingId,
            provinceCode: row.code,
            asShown,
            oralTicketAvailableAt: input.oralTicketAvailableAt ?? null,
            oralExamsFrom: input.oralExamsFrom ?? null,
            oralExamsUntil: input.oralExamsUntil ?? null,
            writtenFeeMostFen: input.writtenFeeMostFen ?? null,
            oralFeeMostFen: input.oralFeeMostFen ?? null,
          },
          user.actor,
        );
      },
    }),
    nounAction<Province, RenameInput>({
      name: 'rename',
      label: '修改名称',
      icon: 'Edit2',
      on: 'ROW',
      roles: ['CENTRAL'],
      input: RenameInput,
      fields: [{ name: 'name', label: '名称', kind: 'TEXT', required: true, maxLength: 50 }],
      initial: ({ row }) => ({ name: row.name }),
      done: '名称已修改',
      run: ({ name }, { row, user, asShown }) =>
        this.renameProvince.execute({ provinceCode: row.code, name, asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly setProvinceSettings: SetProvinceSettings,
    private readonly renameProvince: RenameProvince,
  ) {}

  async gather(rows: readonly Province[], reader: Reader): Promise<Facts> {
    const sitting = (await this.sittings.all(reader)).find(({ current }) => current);
    const settings = sitting
      ? await this.schools.provinceSettings(
          reader,
          sitting.id,
          rows.map(({ code }) => code),
        )
      : [];
    return { sitting, settings: new Map(settings.map((setting) => [setting.provinceCode, setting])) };
  }

  private async settingOf(provinceCode: string, reader: Reader): Promise<Partial<ProvinceSetting>> {
    const { id } = await this.sittings.current(reader);
    const {
      sittingId: _,
      provinceCode: __,
      ...setting
    } = (await this.schools.provinceSetting(reader, id, provinceCode)) ?? ({} as ProvinceSetting);
    return setting;
  }
}
