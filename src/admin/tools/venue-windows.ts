import { Injectable } from '@nestjs/common';
import { toShanghai, toShanghaiText } from '../../kernel/clock.js';
import type { DomainError } from '../../kernel/domain-error.js';
import { EXAM_KINDS, type ExamKind } from '../../kernel/words.js';
import { SchoolRepository, SittingRepository } from '../../modules/sitting/index.js';
import {
  PreviewVenueWindows,
  SetVenueWindows,
  type ShownWindow,
  ShowVenueWindows,
  type WindowChanges,
} from '../../modules/venue-window/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  BooleanField,
  CodeField,
  EnumListField,
  IdField,
  IdListField,
  TextField,
  TimeField,
} from '../../platform/http/fields.js';
import { COMPONENTS } from '../components.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import { type Tool, toolVerb } from '../panel/tool.js';

/** More campuses than the country has. */
const MOST_CAMPUSES = 6000;

class ListInput {
  @IdField({ description: 'The sitting' })
  sittingId: string;
  @CodeField({ description: 'Of central staff: the province', min: 2, max: 2, optional: true })
  provinceCode?: string;
}

class ChangeInput {
  @IdField({ description: 'The sitting' })
  sittingId: string;
  @IdListField({ description: 'Codes of the campuses', min: 1, max: MOST_CAMPUSES })
  campusCodes: string[];
  @EnumListField({ description: 'Written, oral or both', values: EXAM_KINDS, name: 'ExamKind', min: 1 })
  kinds: ExamKind[];
  @TimeField({ description: 'When they open; left out, as it is', optional: true })
  opensAt?: Date;
  @TimeField({ description: 'When they close; left out, as it is', optional: true })
  closesAt?: Date;
  @BooleanField({ description: 'End those that are open, at once', optional: true })
  closeNow?: boolean;
}

class ApplyInput extends ChangeInput {
  @TextField({ description: 'Of the preview', max: 43 })
  version: string;
  @BooleanField({ description: 'Those whom it strands have been looked at', optional: true })
  stoppingConfirmed?: boolean;
}

/** 网上报名时间: every campus's windows over the days, moved by the province, one, many or all (R-AD). */
@Injectable()
export class VenueWindowsTool implements Tool {
  readonly id = 'venue-windows';
  readonly name = '网上报名时间';
  readonly icon = 'Clock';
  readonly section = 'EXAM';
  readonly component = COMPONENTS.venueWindows;
  readonly roles = EVERY_ROLE;
  readonly verbs = [
    toolVerb({
      name: 'about',
      run: async (_input, { user }) => {
        const reader = this.unitOfWork.read();
        const sittings = await this.sittings.all(reader);
        const central = user.actor.role === 'CENTRAL';
        const provinces = central ? [...(await this.schools.provinceNames(reader))] : [];
        return {
          mayChange: user.actor.role !== 'SCHOOL',
          sittings: sittings
            .map(({ id, number, name, current }) => ({ id, number, name, current }))
            .toReversed(),
          provinces: provinces
            .map(([code, name]) => ({ code, name }))
            .sort((a, b) => (a.code < b.code ? -1 : 1)),
        };
      },
    }),
    toolVerb<ListInput>({
      name: 'list',
      input: ListInput,
      run: async (asked, { user }) => {
        const { sitting, campuses, now } = await this.showWindows.execute(asked, user.actor);
        return {
          now: toShanghai(now),
          paymentEndsAt: sitting.paymentEndsAt && toShanghaiText(sitting.paymentEndsAt),
          campuses: campuses.map(({ windows, ...campus }) => ({
            ...campus,
            windows: Object.fromEntries(
              Object.entries(windows).map(([kind, window]) => [kind, shownWindow(window)]),
            ),
          })),
        };
      },
    }),
    toolVerb<ChangeInput>({
      name: 'preview',
      roles: ['CENTRAL', 'PROVINCE'],
      input: ChangeInput,
      run: async (input, { user }) => {
        const { refused, windows, version } = await this.previewWindows.execute(commandOf(input), user.actor);
        return {
          refused: refused && sentence(refused),
          version,
          windows: windows
            .filter((planned) => planned.changed.length > 0)
            .map(({ campus, kind, changed, stops, opens, refused: why, affected }) => ({
              campusCode: campus.code,
              place: `${campus.schoolName} ${campus.name}`,
              kind,
              before: span(changed.map(({ venue }) => venue)),
              after: span(changed.map(({ after }) => after)),
              stops,
              opens,
              refused: why && sentence(why),
              ...affected,
            })),
        };
      },
    }),
    toolVerb<ApplyInput>({
      name: 'apply',
      roles: ['CENTRAL', 'PROVINCE'],
      input: ApplyInput,
      run: ({ stoppingConfirmed, version, ...input }, { user }) =>
        this.setWindows.execute({ ...commandOf(input), stoppingConfirmed, version }, user.actor),
    }),
  ];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly showWindows: ShowVenueWindows,
    private readonly previewWindows: PreviewVenueWindows,
    private readonly setWindows: SetVenueWindows,
  ) {}
}

function commandOf({ sittingId, campusCodes, kinds, opensAt, closesAt, closeNow }: ChangeInput) {
  const change = {
    ...(opensAt ? { opensAt } : {}),
    ...(closeNow ? { closesAt: 'NOW' as const } : closesAt ? { closesAt } : {}),
  };
  const changes: WindowChanges = Object.fromEntries(kinds.map((kind) => [kind, change]));
  return { sittingId, campusCodes, changes };
}

function shownWindow({ opensAt, closesAt, ...window }: ShownWindow) {
  return {
    ...window,
    opensAt: opensAt && toShanghai(opensAt),
    closesAt: closesAt && toShanghai(closesAt),
  };
}

/** The windows of a campus's subjects as one text; they may differ before a change, and be the same after it. */
function span(windows: readonly { opensAt: Date | null; closesAt: Date | null }[]): string {
  const texts = windows.map(({ opensAt, closesAt }) =>
    opensAt && closesAt ? `${dayAndHour(opensAt)} 至 ${dayAndHour(closesAt)}` : '未设置',
  );
  const different = [...new Set(texts)];
  return different.length > 1 ? `各科目不同：${different.join('；')}` : (different[0] ?? '未设置');
}

/** `11-21 09:00`: of a sitting everybody knows the year. */
function dayAndHour(time: Date): string {
  return toShanghaiText(time).slice(5);
}

function sentence(refused: DomainError): string {
  return refused.detail('zh');
}
