import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { firstRefusal } from '../../kernel/first-refusal.js';
import type { SubjectCode } from '../../kernel/words.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RegistrationRepository } from '../registration/index.js';
import { isOpen, SchoolRepository, VenueRepository } from '../sitting/index.js';
import { campusTakesTheCandidate } from './oral-choice.rules.js';
import type { OralCampusesShown } from './oral-exam.dto.js';

/** R-OE-3, 选择报名校区: campuses open now to the candidate's school. */
@Injectable()
export class ListOralCampuses {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: RegistrationRepository,
    private readonly venues: VenueRepository,
    private readonly schools: SchoolRepository,
  ) {}

  /** @throws NOT_REGISTERED */
  async execute({ subject }: { subject: SubjectCode }, actor: CandidateActor): Promise<OralCampusesShown> {
    const reader = this.unitOfWork.read();
    const { registration, sitting } = await this.registrations.currentOf(reader, actor.accountId);
    const student = registration.details;
    const ownCampus = await this.schools.getCampus(reader, student.campusCode);
    const venues = await this.venues.openTo(reader, {
      sittingId: sitting.id,
      schoolCode: student.schoolCode,
      kind: 'ORAL',
      subjectCode: subject,
    });
    const offered = venues.filter(
      (venue) =>
        isOpen(venue, reader.now) && !firstRefusal(() => campusTakesTheCandidate(student, ownCampus, venue)),
    );
    const names = await this.schools.names(
      reader,
      offered.map(({ campusCode }) => campusCode),
    );
    return {
      items: offered.map(({ campusCode }) => names.get(campusCode)!),
      choiceAllowed: ownCampus.oralElsewhereAllowed,
    };
  }
}
