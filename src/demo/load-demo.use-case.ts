import { Injectable, Logger } from '@nestjs/common';
import type { SystemActor } from '../kernel/actor.js';
import { DAYS, HOURS, later, toShanghai } from '../kernel/clock.js';
import {
  ImportCet4Results,
  ImportRoster,
  ImportSubjectLists,
  ImportSubjectRules,
} from '../modules/qualification/index.js';
import {
  ImportCampuses,
  ImportSchools,
  ImportVenues,
  NO_PROVINCE_SETTING,
  NoticeRepository,
  SchoolRepository,
  type Sitting,
  SittingRepository,
  usualSittingName,
  type Venue,
  VenueRepository,
} from '../modules/sitting/index.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { RichText } from '../platform/http/rich-text.js';
import type { ImportResult } from '../platform/import/intake.js';
import { DEMO_NOTICES } from './notices.js';
import { sampleFile } from './samples.js';

const ACTOR: SystemActor = { type: 'SYSTEM', cause: 'demo' };

/**
 * A sitting to try everything with, read from `samples/` by the same imports as real ones: open since an hour, for two
 * weeks from now. It becomes the current sitting in the end, so that one killed half-way is completed at the next start.
 */
@Injectable()
export class LoadDemo {
  private readonly logger = new Logger(LoadDemo.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly venues: VenueRepository,
    private readonly notices: NoticeRepository,
    private readonly importSchools: ImportSchools,
    private readonly importCampuses: ImportCampuses,
    private readonly importVenues: ImportVenues,
    private readonly importRoster: ImportRoster,
    private readonly importSubjectRules: ImportSubjectRules,
    private readonly importSubjectLists: ImportSubjectLists,
    private readonly importCet4Results: ImportCet4Results,
  ) {}

  /** False, and nothing done, where there is a sitting already. */
  async execute(): Promise<boolean> {
    const sitting = await this.unitOfWork.run((tx) => this.ownSitting(tx));
    if (!sitting) return false;
    const forSitting = (name: string) => ({ file: sampleFile(name), sitting: sitting.number });
    allOf(await this.importSchools.execute({ file: sampleFile('schools.csv') }, ACTOR));
    allOf(await this.importCampuses.execute({ file: sampleFile('campuses.csv') }, ACTOR));
    allOf(await this.importVenues.execute(forSitting('venues.csv'), ACTOR));
    allOf(await this.importRoster.execute(forSitting('roster.csv'), ACTOR));
    allOf(await this.importSubjectRules.execute(forSitting('subject-rules.csv'), ACTOR));
    allOf(await this.importSubjectLists.execute(forSitting('subject-lists.csv'), ACTOR));
    allOf(await this.importCet4Results.execute({ file: sampleFile('cet4-results.csv') }, ACTOR));
    await this.unitOfWork.run((tx) => this.open(tx, sitting.id));
    this.logger.log(
      `The demonstration sitting ${sitting.number} is open. The README names students to try it with.`,
    );
    return true;
  }

  /** The sitting to fill: a new one, or the one that an interrupted load left. Undefined where somebody made theirs. */
  private async ownSitting(tx: Tx): Promise<Sitting | undefined> {
    const number = halfYearOf(tx.now);
    const sittings = await this.sittings.all(tx);
    if (sittings.length === 0)
      return this.sittings.add(tx, { number, name: usualSittingName(number) + DEMO });
    const left = sittings.length === 1 && sittings[0]!.name.endsWith(DEMO) && !sittings[0]!.current;
    return left ? sittings[0] : undefined;
  }

  private async open(tx: Tx, sittingId: string): Promise<void> {
    const venues = await this.venues.ofCampuses(tx, sittingId);
    await this.venues.save(tx, aroundNow(venues, tx.now));
    const provinces = [...new Set(venues.map(({ provinceCode }) => provinceCode))];
    const oralTicketAvailableAt = later(tx.now, 20 * DAYS);
    await this.schools.saveProvinceSettings(
      tx,
      provinces.map((provinceCode) => ({
        ...NO_PROVINCE_SETTING,
        sittingId,
        provinceCode,
        oralTicketAvailableAt,
      })),
    );
    for (const { body, ...notice } of DEMO_NOTICES)
      await this.notices.add(tx, { ...notice, body: RichText.of(body), sittingId });
    await this.sittings.makeCurrent(tx, sittingId);
  }
}

const DEMO = '（演示）';

/** 262 in the second half of 2026. */
function halfYearOf(now: Date): number {
  const [year, month] = toShanghai(now).split('-').map(Number) as [number, number];
  return (year % 100) * 10 + (month <= 6 ? 1 : 2);
}

/** Open since an hour, for two weeks; everything else as many days after the opening as the sample says. */
function aroundNow(venues: readonly Venue[], now: Date): Venue[] {
  const opening = Math.min(...venues.flatMap(({ opensAt }) => (opensAt ? [opensAt.getTime()] : [])));
  const days = Math.ceil((now.getTime() - opening) / DAYS) * DAYS;
  const moved = (time: Date | null) => time && later(time, days);
  return venues.map((venue) => ({
    ...venue,
    examStartsAt: moved(venue.examStartsAt),
    examEndsAt: moved(venue.examEndsAt),
    ticketAvailableAt: moved(venue.ticketAvailableAt),
    opensAt: later(now, -1 * HOURS),
    closesAt: later(now, 14 * DAYS),
  }));
}

/** The samples are ours: a fault in one is a bug. */
function allOf(result: ImportResult): void {
  if (!result.stored) throw new Error(`A sample file has faults: ${JSON.stringify(result.faults)}`);
}
