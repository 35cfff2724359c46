import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { firstRefusal } from '../../kernel/first-refusal.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { AnswerLanguage } from '../../platform/http/language.js';
import {
  LoadChoosingFacts,
  RegistrationRepository,
  VenueChoiceShown,
  type VenueChoicesShown,
} from '../registration/index.js';
import { NoticeRepository, NoticeShown, SchoolRepository, VenueRepository } from '../sitting/index.js';
import { campusTakesTheCandidate, oralCanBeChosen, oralCanBeWaitedFor } from './oral-choice.rules.js';
import type { OralVenuesQuery } from './oral-exam.dto.js';

/** The page 口试科目报考: oral venues that take the candidate, seats left, notices (R-OE-1, R-OE-3). */
@Injectable()
export class ListOralVenues {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: RegistrationRepository,
    private readonly facts: LoadChoosingFacts,
    private readonly venues: VenueRepository,
    private readonly schools: SchoolRepository,
    private readonly notices: NoticeRepository,
  ) {}

  /** @throws NOT_REGISTERED */
  async execute(
    query: OralVenuesQuery,
    actor: CandidateActor,
    language: AnswerLanguage,
  ): Promise<VenueChoicesShown> {
    const reader = this.unitOfWork.read();
    const { registration, sitting } = await this.registrations.currentOf(reader, actor.accountId);
    const facts = await this.facts.of(reader, registration, sitting);
    const student = registration.details;
    const open = await this.venues.openTo(reader, {
      sittingId: sitting.id,
      schoolCode: student.schoolCode,
      kind: 'ORAL',
      subjectCode: query.subject,
      campusCode: query.campus,
    });
    const venues = open.filter(
      (venue) => !firstRefusal(() => campusTakesTheCandidate(student, facts.ownCampus, venue)),
    );
    const names = await this.schools.names(
      reader,
      venues.map(({ campusCode }) => campusCode),
    );
    const notices = await this.notices.forSchool(reader, { sittingId: sitting.id, ...student, kind: 'ORAL' });
    return {
      items: venues.map((venue) => {
        const conditions = {
          toEnrol: () => oralCanBeChosen(facts, venue, reader.now),
          toWait: () => oralCanBeWaitedFor(facts, venue, reader.now),
        };
        return VenueChoiceShown.of(venue, names.get(venue.campusCode)!, conditions, language);
      }),
      notices: notices.map(NoticeShown.of),
    };
  }
}
