import { Injectable } from '@nestjs/common';
import { DAYS, fromShanghai, HOURS, later, SECONDS, toShanghai, toShanghaiText } from '../../kernel/clock.js';
import { yuan } from '../../kernel/money.js';
import { type Scope, scopeOf } from '../../kernel/scope.js';
import { SUBJECT_CODES, SUBJECTS } from '../../kernel/words.js';
import {
  SchoolRepository,
  type Sitting,
  SittingRepository,
  VenueRepository,
} from '../../modules/sitting/index.js';
import { type Reader, UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { PanelUser } from '../panel/panel-user.js';
import {
  DashboardRepository,
  type HourOfPayments,
  type SeatCount,
  type SeenScope,
} from './dashboard.repository.js';
import { rowsBehind } from './rows-behind.js';

/** A number, and the list of the rows it counts. */
export interface Figure {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly href: string;
}

/** Seats of a venue, or of all venues of a school, a province or a subject. */
export interface SeatLine {
  readonly name: string;
  readonly taken: number;
  readonly left: number;
  readonly waiting: number;
  /** The venues. Whoever takes their seats may be of another school, whose own staff see them (R-AD-1). */
  readonly href: string;
}

export interface DayOfPayments {
  readonly label: string;
  readonly date: string;
  readonly orders: number;
  readonly amount: string;
  readonly href: string;
  /** Orders paid in each hour of the day, from midnight in Shanghai. */
  readonly hours: readonly number[];
}

/** The first page: how the current sitting stands within one's scope. */
export interface Dashboard {
  readonly title: string;
  /** When the figures were read. */
  readonly asOf: string;
  /** Of the current sitting; missing when there is none. */
  readonly sitting?: {
    readonly name: string;
    readonly figures: readonly Figure[];
    readonly seats: {
      /** What each line stands for. */
      readonly by: string;
      /** The scarcest first. */
      readonly lines: readonly SeatLine[];
      /** How many there are in all; only the scarcest are shown. */
      readonly of: number;
    };
    readonly subjects: readonly SeatLine[];
  };
  readonly payments: readonly DayOfPayments[];
  /** Reviews that wait, youngest first. */
  readonly reviews: readonly Figure[];
  /** What deadlines took away since yesterday's midnight. */
  readonly purges: readonly Figure[];
}

/** All of a dashboard that does not depend on who looks. */
type Figures = Omit<Dashboard, 'title'>;

const MOST_LINES = 15;
const KEPT_MS = 30 * SECONDS;

/** Shows staff of every role how the current sitting stands: seats, payments, reviews waiting, purges. */
@Injectable()
export class ShowDashboard {
  /** By scope. */
  private readonly recent = new Map<string, { readAt: number; figures: Promise<Figures> }>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly venues: VenueRepository,
    private readonly figures: DashboardRepository,
  ) {}

  /** Figures up to half a minute old, which `asOf` says: a scope's staff who look at once count once. */
  async execute(user: PanelUser): Promise<Dashboard> {
    const scope = scopeOf(user.actor);
    const { title } = user;
    const now = this.unitOfWork.read().now.getTime();
    // also after the machine's clock was set back
    for (const [key, { readAt }] of this.recent)
      if (Math.abs(now - readAt) >= KEPT_MS) this.recent.delete(key);
    const key = JSON.stringify(scope);
    const known = this.recent.get(key);
    if (known) return { title, ...(await known.figures) };
    const figures = this.read(scope);
    this.recent.set(key, { readAt: now, figures });
    // what failed is asked for again
    figures.catch(() => this.recent.delete(key));
    return { title, ...(await figures) };
  }

  private async read(scope: Scope): Promise<Figures> {
    const reader = this.unitOfWork.read();
    const asOf = toShanghaiText(reader.now);
    if ('none' in scope) return { asOf, payments: [], reviews: [], purges: [] };

    const current = (await this.sittings.all(reader)).find((sitting) => sitting.current);
    const [sitting, payments, reviews, purges] = await Promise.all([
      current && this.sitting(reader, current, scope),
      this.payments(reader, scope),
      this.reviews(reader, scope),
      current ? this.purges(reader, current, scope) : [],
    ]);
    return { asOf, ...(sitting ? { sitting } : {}), payments, reviews, purges };
  }

  private async sitting(reader: Reader, { id, name, number }: Sitting, scope: SeenScope) {
    const { by, key } = seatLinesOf(scope);
    const [registrations, paid, unpaid, waiting, batches, counts, subjects] = await Promise.all([
      this.figures.registrations(reader, id, scope),
      this.figures.enrolments(reader, id, scope, 'PAID'),
      this.figures.enrolments(reader, id, scope, 'UNPAID'),
      this.figures.waiting(reader, id, scope),
      this.figures.batchesUndecided(reader, id, scope),
      this.figures.seatsBy(reader, id, scope, key),
      this.figures.seatsBy(reader, id, scope, 'subjectCode'),
    ]);
    const scarcest = counts.toSorted(byScarcity).slice(0, MOST_LINES);
    const inSitting = { sittingNumber: String(number) };
    const rows = (noun: string, state: string) => rowsBehind(noun, { ...inSitting, state });
    return {
      name,
      figures: [
        figure('报名人数', registrations, '人', rows('registrations', 'ACTIVE')),
        figure('已支付科目', paid, '科次', rows('enrolments', 'PAID')),
        figure('待支付科目', unpaid, '科次', rows('enrolments', 'UNPAID')),
        figure('正在候补', waiting, '人次', rows('waitlist-entries', 'WAITING')),
        figure(
          `待审核集体缴费${ageText(batches.oldest, reader.now)}`,
          batches.count,
          '批',
          rows('payment-batches', 'SUBMITTED'),
        ),
      ],
      seats: { by, of: counts.length, lines: await this.seatLines(reader, scarcest, key, inSitting) },
      subjects: SUBJECT_CODES.flatMap((code) => {
        const count = subjects.find((line) => line.key === code);
        return count ? [seatLine(SUBJECTS[code].name, count, { ...inSitting, subject: code })] : [];
      }),
    };
  }

  private async seatLines(
    reader: Reader,
    counts: readonly SeatCount[],
    key: SeatKey,
    inSitting: Record<string, string>,
  ): Promise<SeatLine[]> {
    const keys = counts.map((count) => count.key);
    if (key === 'provinceCode') {
      const names = await this.schools.provinceNames(reader);
      return counts.map((count) =>
        seatLine(names.get(count.key) ?? count.key, count, { ...inSitting, provinceCode: count.key }),
      );
    }
    if (key === 'schoolCode') {
      const names = new Map((await this.schools.schools(reader, keys)).map(({ code, name }) => [code, name]));
      return counts.map((count) =>
        seatLine(names.get(count.key) ?? count.key, count, { ...inSitting, schoolCode: count.key }),
      );
    }
    const venues = new Map((await this.venues.byIds(reader, keys)).map((venue) => [venue.id, venue]));
    const campuses = await this.schools.names(
      reader,
      [...venues.values()].map(({ campusCode }) => campusCode),
    );
    return counts.flatMap((count) => {
      const venue = venues.get(count.key);
      if (!venue) return [];
      const { campusCode, subjectCode } = venue;
      const campus = campuses.get(campusCode)?.campus.name ?? campusCode;
      return [
        seatLine(`${campus} ${SUBJECTS[subjectCode].name}`, count, {
          ...inSitting,
          campusCode,
          subject: subjectCode,
        }),
      ];
    });
  }

  private async payments(reader: Reader, scope: SeenScope): Promise<DayOfPayments[]> {
    const today = midnight(reader.now);
    const yesterday = later(today, -DAYS);
    const hours = await this.figures.paymentsByHour(reader, scope, yesterday);
    return [dayOfPayments('昨日', yesterday, hours), dayOfPayments('今日', today, hours)];
  }

  private async reviews(reader: Reader, scope: SeenScope): Promise<Figure[]> {
    const today = midnight(reader.now);
    const [soon, late, later7] = [today, later(today, -2 * DAYS), later(today, -6 * DAYS)];
    const [all, ...before] = await this.figures.reviewsWaiting(reader, scope, [soon, late, later7]);
    const [beforeToday, beforeTwo, beforeSix] = before as [number, number, number];
    const day = (time: Date, days = 0) => dayOf(later(time, days * DAYS));
    const submitted = (from?: string, to?: string) =>
      rowsBehind('cet6-reviews', { state: 'PENDING', ...between('submittedAt', from, to) });
    return [
      figure('今日提交', all! - beforeToday, '条', submitted(day(today))),
      figure('已等待1至2天', beforeToday - beforeTwo, '条', submitted(day(late), day(today, -1))),
      figure('已等待3至6天', beforeTwo - beforeSix, '条', submitted(day(later7), day(late, -1))),
      figure('已等待7天以上', beforeSix, '条', submitted(undefined, day(later7, -1))),
    ];
  }

  private async purges(
    reader: Reader,
    { id: sittingId, number }: Sitting,
    scope: SeenScope,
  ): Promise<Figure[]> {
    const since = later(midnight(reader.now), -DAYS);
    const [lapsed, deleted] = await Promise.all([
      this.figures.lapsed(reader, sittingId, scope, since),
      this.figures.deletedEmpty(reader, scope, since),
    ]);
    const from = dayOf(since);
    return [
      figure(
        '逾期未支付，科目已取消',
        lapsed,
        '科次',
        rowsBehind('enrolments', {
          sittingNumber: String(number),
          state: 'LAPSED',
          ...between('endedAt', from),
        }),
      ),
      figure(
        '逾期未报考科目，报名信息已删除',
        deleted,
        '人',
        rowsBehind('registrations', { deletedBecause: 'EMPTY', ...between('deletedAt', from) }),
      ),
    ];
  }
}

type SeatKey = 'id' | 'schoolCode' | 'provinceCode';

function seatLinesOf(scope: SeenScope): { by: string; key: SeatKey } {
  if ('schoolCode' in scope) return { by: '考点科目', key: 'id' };
  return 'provinceCode' in scope ? { by: '学校', key: 'schoolCode' } : { by: '省份', key: 'provinceCode' };
}

function seatLine(name: string, count: SeatCount, filters: Record<string, string>): SeatLine {
  const { capacity, taken, waiting } = count;
  return {
    name,
    taken,
    left: capacity - taken,
    waiting,
    href: rowsBehind('venues', filters),
  };
}

/** Most people waiting first, then the smallest share of seats left. */
function byScarcity(a: SeatCount, b: SeatCount): number {
  const share = ({ capacity, taken }: SeatCount) => (capacity === 0 ? 1 : (capacity - taken) / capacity);
  return b.waiting - a.waiting || share(a) - share(b) || (a.key < b.key ? -1 : 1);
}

function dayOfPayments(label: string, day: Date, all: readonly HourOfPayments[]): DayOfPayments {
  const from = Array.from({ length: 24 }, (_, i) =>
    later(day, i * HOURS)
      .toISOString()
      .slice(0, 13)
      .replace('T', ' '),
  );
  const hours = from.map((hour) => all.find((line) => line.hour === hour));
  const date = dayOf(day);
  return {
    label,
    date,
    orders: hours.reduce((total, line) => total + (line?.orders ?? 0), 0),
    amount: yuan(hours.reduce((total, line) => total + (line?.amountFen ?? 0), 0)),
    href: rowsBehind('orders', between('paidAt', date, date)),
    hours: hours.map((line) => line?.orders ?? 0),
  };
}

const figure = (label: string, value: number, unit: string, href: string): Figure => ({
  label,
  value,
  unit,
  href,
});

/** How long the oldest of some has waited; nothing within its first day. */
function ageText(oldest: Date | undefined, now: Date): string {
  const days = oldest ? Math.floor((now.getTime() - oldest.getTime()) / DAYS) : 0;
  return days > 0 ? `（最早已等待${days}天）` : '';
}

const dayOf = (time: Date) => toShanghai(time).slice(0, 10);
const midnight = (time: Date) => fromShanghai(dayOf(time))!;

/** A filter by days, both in it. */
function between(name: string, from?: string, to?: string): Record<string, string> {
  return { ...(from ? { [`${name}~~from`]: from } : {}), ...(to ? { [`${name}~~to`]: to } : {}) };
}
