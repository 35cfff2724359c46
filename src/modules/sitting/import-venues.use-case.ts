import { Injectable } from '@nestjs/common';
import { actorLabel } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { SUBJECTS } from '../../kernel/words.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Fault } from '../../platform/import/fault.js';
import { Importer } from '../../platform/import/importer.js';
import type { Change, ImportCommand, ImportResult, Intake } from '../../platform/import/intake.js';
import { AuditTrail } from '../audit/index.js';
import { centralStaffOnly, checkCampus, type ImportActor, placeFaults } from './place-faults.js';
import { SchoolRepository } from './school.repository.js';
import { SittingRepository } from './sitting.repository.js';
import { endsBeforeItBegins, oneEndOnly, VENUE_COLUMNS, type VenueRow } from './venue.columns.js';
import type { Venue } from './venue.entity.js';
import { VenueRepository } from './venue.repository.js';
import { CAPACITY_BELOW_TAKEN } from './venue.rules.js';
import { VenueSeats } from './venue-seats.repository.js';

/** Takes in what campuses offer in a sitting: fee, seats, times, whom they take, how tickets are printed. */
@Injectable()
export class ImportVenues {
  constructor(
    private readonly importer: Importer,
    private readonly auditTrail: AuditTrail,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly venues: VenueRepository,
    private readonly seats: VenueSeats,
  ) {}

  /**
   * @param command `sitting`: its number; without one, the current sitting
   * @throws NOT_YOUR_ROLE, SITTING_NOT_FOUND, NO_CURRENT_SITTING, and what `Importer` throws
   */
  execute(command: ImportCommand & { sitting?: number }, actor: ImportActor): Promise<ImportResult> {
    centralStaffOnly(actor);
    return this.importer.run(command, (reader) => this.intake(reader, command.sitting, actor));
  }

  private async intake(
    reader: Reader,
    sittingNumber: number | undefined,
    actor: ImportActor,
  ): Promise<Intake<typeof VENUE_COLUMNS, Venue>> {
    const sitting = await this.sittings.numbered(reader, sittingNumber);
    const places = await this.schools.places(reader);
    const keyOf = (venue: Pick<Venue, 'campusCode' | 'subjectCode'>) =>
      `${venue.campusCode} ${venue.subjectCode}`;
    const merge = (row: VenueRow, before: Venue | undefined) => merged(row, before, sitting.id);
    return {
      columns: VENUE_COLUMNS,
      keyColumn: 'subjectCode',
      keyOf,
      stored: async (rows) => {
        const venues = await this.venues.ofCampuses(
          reader,
          sitting.id,
          rows.map(({ campusCode }) => campusCode),
        );
        return new Map(venues.map((venue) => [keyOf(venue), venue]));
      },
      check: (row, before, refuse) => {
        checkCampus(places, actor, row, (_, fault) => refuse('campusCode', fault));
        for (const code of row.admission?.admittedSchools ?? []) {
          if (!places.schools.has(code)) refuse('admission', placeFaults.unknownSchool(code));
        }
        if (row.capacity < (before?.taken ?? 0))
          refuse('capacity', Fault.of(CAPACITY_BELOW_TAKEN.definition));
        const venue = merge(row, before);
        checkInterval(venue.examStartsAt, venue.examEndsAt, (fault) => refuse('examEndsAt', fault));
        checkInterval(venue.opensAt, venue.closesAt, (fault) => refuse('closesAt', fault));
      },
      merge,
      save: (tx, changes) => this.save(tx, changes, actor),
      taken: (tx, result) =>
        this.auditTrail.recordImport(tx, actor, { action: 'venue.import', rowId: sitting.id }, result),
    };
  }

  private async save(tx: Tx, changes: readonly Change<Venue>[], actor: ImportActor): Promise<void> {
    const cause = actorLabel(actor);
    // in the order of ids, as everybody who locks several venues
    for (const { before, after } of changes.toSorted((a, b) => (a.after.id < b.after.id ? -1 : 1))) {
      if (!before || before.capacity === after.capacity) continue;
      const resized = await this.seats.resize(tx, { venueId: before.id, capacity: after.capacity, cause });
      // a seat was taken since the line was checked
      if (!resized) throw CAPACITY_BELOW_TAKEN();
    }
    await this.venues.save(
      tx,
      changes.map(({ after }) => after),
    );
    await this.auditTrail.recordUpdated(tx, actor, { action: 'venue.edit', changes }, (venue) => {
      const { id: rowId, provinceCode, schoolCode } = venue;
      return { rowId, provinceCode, schoolCode, facts: { ...venue } };
    });
  }
}

const AS_A_SCHOOL_WOULD = {
  feeFen: null,
  examStartsAt: null,
  examEndsAt: null,
  opensAt: null,
  closesAt: null,
  admits: 'OWN_SCHOOL',
  admittedSchools: null,
  ticketPrinting: 'SELF',
  ticketAvailableAt: null,
} as const;

function merged(
  { admission, ticketPrinting, ...row }: VenueRow,
  before: Venue | undefined,
  sittingId: string,
): Venue {
  const { kind, level } = SUBJECTS[row.subjectCode];
  const { admits, admittedSchools } = AS_A_SCHOOL_WOULD;
  return {
    id: newId(),
    taken: 0,
    waiting: 0,
    sequence: 0,
    ...AS_A_SCHOOL_WOULD,
    ...before,
    ...row,
    ...(admission === undefined ? {} : (admission ?? { admits, admittedSchools })),
    ...(ticketPrinting === undefined ? {} : { ticketPrinting: ticketPrinting ?? 'SELF' }),
    sittingId,
    provinceCode: row.campusCode.slice(0, 2),
    schoolCode: row.campusCode.slice(0, 5),
    kind,
    level,
  };
}

function checkInterval(from: Date | null, to: Date | null, refuse: (fault: Fault) => void): void {
  if ((from === null) !== (to === null)) refuse(oneEndOnly);
  else if (from && to && from >= to) refuse(endsBeforeItBegins);
}
