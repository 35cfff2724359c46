import { Injectable } from '@nestjs/common';
import { actorLabel } from '../../kernel/actor.js';
import type { DomainError } from '../../kernel/domain-error.js';
import { firstRefusal } from '../../kernel/first-refusal.js';
import { newId } from '../../kernel/ids.js';
import { SUBJECTS } from '../../kernel/words.js';
import { type Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Fault } from '../../platform/import/fault.js';
import { Importer } from '../../platform/import/importer.js';
import type { Change, ImportCommand, ImportResult, Intake } from '../../platform/import/intake.js';
import { AuditTrail } from '../audit/index.js';
import { centralStaffOnly, checkCampus, type ImportActor, placeFaults } from './place-faults.js';
import type { ProvinceSetting } from './school.entity.js';
import { type Places, SchoolRepository } from './school.repository.js';
import type { Sitting } from './sitting.entity.js';
import { SittingRepository } from './sitting.repository.js';
import { endsBeforeItBegins, oneEndOnly, VENUE_COLUMNS, type VenueRow } from './venue.columns.js';
import type { Venue } from './venue.entity.js';
import { VenueRepository } from './venue.repository.js';
import { CAPACITY_BELOW_TAKEN } from './venue.rules.js';
import { VenueSeats } from './venue-seats.repository.js';
import {
  noFileStopsARegistrationInUse,
  VENUE_RULES,
  whatPeopleEnrolledByStaysSet,
  windowClosesByTheEndOfPayment,
} from './venue-settings.rules.js';
import { wakeQueues } from './wake-queues.js';

/**
 * Takes in what campuses offer in a sitting: fee, seats, times, whom they take, how tickets are printed; within what a
 * school (`EditVenues`) and a province (`SetVenueWindows`) could set.
 */
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
    return this.importer.run(command, (reader) => this.intake(reader, command.sitting, actor), {
      held: true,
    });
  }

  private async intake(
    reader: Reader,
    sittingNumber: number | undefined,
    actor: ImportActor,
  ): Promise<Intake<typeof VENUE_COLUMNS, Venue>> {
    const sitting = await this.sittings.numbered(reader, sittingNumber);
    const places = await this.schools.places(reader);
    const limits = await this.limitsOf(reader, sitting, places);
    const keyOf = (venue: Pick<Venue, 'campusCode' | 'subjectCode'>) =>
      `${venue.campusCode} ${venue.subjectCode}`;
    const merge = (row: VenueRow, before: Venue | undefined) => merged(row, before, sitting.id);
    return {
      columns: VENUE_COLUMNS,
      besides: ['考次', '校区', '已占考位', '候补', '类别', '学校代码'],
      keyColumn: 'subjectCode',
      keyOf,
      stored: async (rows) => {
        const seen = await this.venues.ofCampuses(
          reader,
          sitting.id,
          rows.map(({ campusCode }) => campusCode),
        );
        const named = new Set(rows.map(keyOf));
        const venues = await this.heldStill(
          reader,
          seen.filter((venue) => named.has(keyOf(venue))),
        );
        return new Map(venues.map((venue) => [keyOf(venue), venue]));
      },
      check: (row, before, refuse) => {
        checkCampus(places, actor, row, (_, fault) => refuse('campusCode', fault));
        for (const code of row.admission?.admittedSchools ?? []) {
          if (!places.schools.has(code)) refuse('admission', placeFaults.unknownSchool(code));
        }
        if (row.capacity < (before?.taken ?? 0)) refuse('capacity', Fault.of(CAPACITY_BELOW_TAKEN()));
        const after = merge(row, before);
        checkWindow(after, (fault) => refuse('closesAt', fault));
        const rules = [
          ...VENUE_RULES.map((rule) => () => rule(after, limits.get(after.provinceCode) ?? null)),
          () => windowClosesByTheEndOfPayment(after, sitting, after.campusCode),
          ...(before ? PEOPLE_RULES.map((rule) => () => rule(before, after, reader.now)) : []),
        ];
        for (const rule of rules) {
          const refused = firstRefusal(rule);
          if (refused) refuse(columnOf(refused), Fault.of(refused));
        }
      },
      merge,
      save: (tx, changes) => this.save(tx, changes, actor),
      taken: (tx, result) =>
        this.auditTrail.recordImport(tx, actor, { action: 'venue.import', rowId: sitting.id }, result),
    };
  }

  /** What the provinces have set, by their codes. */
  private async limitsOf(
    reader: Reader,
    { id }: Sitting,
    { campuses }: Places,
  ): Promise<ReadonlyMap<string, ProvinceSetting>> {
    const codes = new Set([...campuses.values()].map(({ provinceCode }) => provinceCode));
    const settings = await this.schools.provinceSettings(reader, id, [...codes]);
    return new Map(settings.map((setting) => [setting.provinceCode, setting]));
  }

  /** When the file is stored, nobody enrols or edits between the check of a line and its change. */
  private async heldStill(reader: Reader, venues: readonly Venue[]): Promise<readonly Venue[]> {
    if (!(reader instanceof Tx)) return venues;
    return this.venues.lockAll(
      reader,
      venues.map(({ id }) => id),
    );
  }

  private async save(tx: Tx, changes: readonly Change<Venue>[], actor: ImportActor): Promise<void> {
    const resized = changes.flatMap(({ before, after }) =>
      before && before.capacity !== after.capacity ? [{ venueId: before.id, capacity: after.capacity }] : [],
    );
    if (!(await this.seats.resizeAll(tx, resized, actorLabel(actor)))) throw CAPACITY_BELOW_TAKEN();
    await this.venues.save(
      tx,
      changes.map(({ after }) => after),
    );
    await this.auditTrail.recordRows(
      tx,
      actor,
      { added: 'venue.offer', edited: 'venue.edit', changes },
      (venue) => {
        const { id: rowId, provinceCode, schoolCode } = venue;
        return { rowId, provinceCode, schoolCode, facts: { ...venue } };
      },
    );
    wakeQueues(
      tx,
      changes.map(({ after }) => after),
    );
  }
}

const PEOPLE_RULES = [whatPeopleEnrolledByStaysSet, noFileStopsARegistrationInUse];

/** Where in a line a rule is broken. What names no field is about the window. */
function columnOf({ definition, facts }: DomainError): keyof typeof VENUE_COLUMNS {
  const field = facts.field ?? definition.field ?? 'closesAt';
  if (field === 'admits' || field === 'admittedSchools') return 'admission';
  return field as keyof typeof VENUE_COLUMNS;
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

function checkWindow({ opensAt, closesAt }: Venue, refuse: (fault: Fault) => void): void {
  if ((opensAt === null) !== (closesAt === null)) refuse(oneEndOnly);
  else if (opensAt && closesAt && opensAt >= closesAt) refuse(endsBeforeItBegins);
}
