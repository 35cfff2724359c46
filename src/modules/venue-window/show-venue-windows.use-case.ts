import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import { scopeOf } from '../../kernel/scope.js';
import { EXAM_KINDS, type ExamKind } from '../../kernel/words.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  type CampusOfSchool,
  SchoolRepository,
  type Sitting,
  SittingRepository,
  type Venue,
  VenueRepository,
} from '../sitting/index.js';

/** The windows of one campus's subjects of one kind, from the first opening to the last closing. */
export interface ShownWindow {
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  /** Its subjects have different windows. */
  readonly mixed: boolean;
  readonly subjects: number;
  readonly capacity: number;
  readonly taken: number;
  readonly waiting: number;
}

export interface CampusWindows extends CampusOfSchool {
  /** A kind the campus does not offer is missing. */
  readonly windows: Partial<Readonly<Record<ExamKind, ShownWindow>>>;
}

/** 网上报名时间 of every campus within one's scope, in a sitting; for central staff of one province at a time. */
@Injectable()
export class ShowVenueWindows {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly venues: VenueRepository,
  ) {}

  /** @throws NOT_FOUND */
  async execute(
    { sittingId, provinceCode }: { sittingId: string; provinceCode?: string },
    actor: StaffActor,
  ): Promise<{ sitting: Sitting; campuses: CampusWindows[]; now: Date }> {
    const reader = this.unitOfWork.read();
    const sitting = await this.sittings.asked(reader, sittingId);
    const scope = scopeOf(actor);
    const within = 'all' in scope && provinceCode ? { provinceCode } : scope;
    const campuses = await this.schools.campusesIn(reader, within);
    const venues = await this.venues.ofCampuses(
      reader,
      sittingId,
      campuses.map(({ code }) => code),
    );
    const byCampus = groupedBy(venues, ({ campusCode }) => campusCode);
    return {
      sitting,
      campuses: campuses.map((campus) => ({
        ...campus,
        windows: windowsOf(byCampus.get(campus.code) ?? []),
      })),
      now: reader.now,
    };
  }
}

function windowsOf(venues: readonly Venue[]): CampusWindows['windows'] {
  return Object.fromEntries(
    EXAM_KINDS.flatMap((kind) => {
      const ofKind = venues.filter((venue) => venue.kind === kind);
      return ofKind.length > 0 ? [[kind, spanOf(ofKind)]] : [];
    }),
  );
}

function spanOf(venues: readonly Venue[]): ShownWindow {
  const openings = times(venues.map(({ opensAt }) => opensAt));
  const closings = times(venues.map(({ closesAt }) => closesAt));
  const total = (name: 'capacity' | 'taken' | 'waiting') =>
    venues.reduce((sum, venue) => sum + venue[name], 0);
  const different = new Set(
    venues.map(({ opensAt, closesAt }) => `${opensAt?.getTime()} ${closesAt?.getTime()}`),
  );
  return {
    opensAt: openings.at(0) ?? null,
    closesAt: closings.at(-1) ?? null,
    mixed: different.size > 1,
    subjects: venues.length,
    capacity: total('capacity'),
    taken: total('taken'),
    waiting: total('waiting'),
  };
}

function times(moments: readonly (Date | null)[]): Date[] {
  return moments.filter((moment) => moment !== null).toSorted((a, b) => a.getTime() - b.getTime());
}
