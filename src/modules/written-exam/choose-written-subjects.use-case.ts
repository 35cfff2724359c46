import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { ChooseSubjects, type EnrolmentShown } from '../registration/index.js';
import { writtenSubjectsCanBeChosen } from './written-choice.rules.js';

/** 笔试报考: enrols in all chosen subjects, or in none (R-WE-1 to 3, R-WE-9). */
@Injectable()
export class ChooseWrittenSubjects {
  constructor(private readonly chooseSubjects: ChooseSubjects) {}

  /** @throws NOT_REGISTERED, NOT_FOUND, the refusals of `writtenSubjectCanBeChosen`, SEATS_FULL, QUEUE_AHEAD */
  execute({ venueIds }: { venueIds: readonly string[] }, actor: CandidateActor): Promise<EnrolmentShown[]> {
    return this.chooseSubjects.execute({
      actor,
      venueIds,
      kind: 'WRITTEN',
      mayChoose: writtenSubjectsCanBeChosen,
    });
  }
}
