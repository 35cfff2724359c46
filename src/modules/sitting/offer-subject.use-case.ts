import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { SUBJECTS, type SubjectCode } from '../../kernel/words.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { SchoolRepository } from './school.repository.js';
import { SittingRepository } from './sitting.repository.js';
import type { Venue } from './venue.entity.js';
import { VenueRepository } from './venue.repository.js';
import { subjectIsNotOfferedYet, venueCanBeSetSo } from './venue-settings.rules.js';

export interface OfferSubjectCommand {
  sittingId: string;
  campusCode: string;
  subjectCode: SubjectCode;
  capacity: number;
  feeFen: number | null;
  examStartsAt: Date | null;
  examEndsAt: Date | null;
}

/**
 * A school offers one more subject at a campus. Its window is the one the province has set for the campus's other
 * subjects of the kind; without such, it waits for the province to set one.
 */
@Injectable()
export class OfferSubject {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly venues: VenueRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, SUBJECT_OFFERED_ALREADY and what `venueCanBeSetSo` throws */
  execute(
    { sittingId, campusCode, subjectCode, ...settings }: OfferSubjectCommand,
    actor: StaffActor,
  ): Promise<Venue> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'SCHOOL', 'CENTRAL');
      // two who offer the same at once take turns, so that the second is told
      await this.sittings.lock(tx, sittingId);
      const campus = await this.schools.campus(tx, campusCode);
      if (!campus || !covers(scopeOf(actor), campus)) throw NOT_FOUND();
      const offered = await this.venues.ofCampuses(tx, sittingId, [campusCode]);
      subjectIsNotOfferedYet(offered.find((venue) => venue.subjectCode === subjectCode));
      const { kind, level } = SUBJECTS[subjectCode];
      const sibling = offered.find((venue) => venue.kind === kind && venue.opensAt && venue.closesAt);
      const { provinceCode, schoolCode } = campus;
      const venue: Venue = {
        ...NEW,
        ...settings,
        id: newId(),
        sittingId,
        provinceCode,
        schoolCode,
        campusCode,
        subjectCode,
        kind,
        level,
        opensAt: sibling?.opensAt ?? null,
        closesAt: sibling?.closesAt ?? null,
      };
      venueCanBeSetSo(venue, await this.schools.provinceSetting(tx, sittingId, provinceCode));
      await this.venues.add(tx, venue);
      await this.auditTrail.record(tx, actor, {
        action: 'venue.offer',
        rowId: venue.id,
        provinceCode,
        schoolCode,
        after: { ...venue },
      });
      return venue;
    });
  }
}

const NEW = {
  taken: 0,
  waiting: 0,
  sequence: 0,
  admits: 'OWN_SCHOOL',
  admittedSchools: null,
  ticketPrinting: 'SELF',
  ticketAvailableAt: null,
} as const;
