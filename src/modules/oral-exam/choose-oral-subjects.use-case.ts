import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { ChooseSubjects, type EnrolmentShown } from '../registration/index.js';
import { oralsCanBeChosen } from './oral-choice.rules.js';

/** 口试报考: enrols in all chosen orals, or in none (R-OE-1 to 3). */
@Injectable()
export class ChooseOralSubjects {
  constructor(private readonly chooseSubjects: ChooseSubjects) {}

  /** @throws NOT_REGISTERED, NOT_FOUND, the refusals of `oralCanBeChosen`, SEATS_FULL, QUEUE_AHEAD */
  execute({ venueIds }: { venueIds: readonly string[] }, actor: CandidateActor): Promise<EnrolmentShown[]> {
    return this.chooseSubjects.execute({ actor, venueIds, kind: 'ORAL', mayChoose: oralsCanBeChosen });
  }
}
