import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import { type Reader, type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { aSeatIsFree, type Sitting, type Venue } from '../sitting/index.js';
import type { CollectiveRegistration } from './collective-registration.entity.js';
import { CollectiveRegistrationRepository } from './collective-registration.repository.js';
import { holdsTheSubject } from './collective-registration.rules.js';
import type { CollectiveRegistrationLine } from './collective-registration-line.entity.js';
import { StudentAtHand } from './student-at-hand.js';
import { theStudentMayTake } from './subject-choice.rules.js';

/** What was found; of a READY line, the venue where a seat would be taken. */
type Finding = { state: 'READY'; venue: Venue } | { state: 'ALREADY' } | { state: 'REFUSED'; reason: string };

/** Looks at a line of a list and says what would become of it; enrols nobody. */
@Injectable()
export class CheckLine {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: CollectiveRegistrationRepository,
    private readonly students: StudentAtHand,
  ) {}

  /** The lines before it on the list are looked at already: the seats they would take are not free for this one. */
  async execute(
    list: CollectiveRegistration,
    sitting: Sitting,
    line: CollectiveRegistrationLine,
  ): Promise<void> {
    const found = await this.look(this.unitOfWork.read(), list, sitting, line);
    await this.unitOfWork.run(async (tx) => {
      const finding = found.state === 'READY' ? await this.besideTheOthers(tx, list, found.venue) : found;
      await this.lists.moveLine(tx, line, finding.state, {
        reason: finding.state === 'REFUSED' ? finding.reason : null,
        venueId: finding.state === 'READY' ? finding.venue.id : null,
      });
    });
  }

  private look(
    reader: Reader,
    list: CollectiveRegistration,
    sitting: Sitting,
    line: CollectiveRegistrationLine,
  ): Promise<Finding> {
    return refusalAsFinding(async () => {
      const record = await this.students.record(reader, line);
      const venue = await this.students.venue(reader, list, record);
      const facts = await this.students.factsBeforehand(reader, sitting, record);
      if (holdsTheSubject(facts.enrolments, venue)) return { state: 'ALREADY' };
      theStudentMayTake(facts, venue, reader.now);
      return { state: 'READY', venue };
    });
  }

  /** Under the list's lock: where two workers look at a list, they count one after the other. */
  private async besideTheOthers(tx: Tx, list: CollectiveRegistration, venue: Venue): Promise<Finding> {
    await this.lists.lock(tx, list.id);
    const before = await this.lists.readyAt(tx, list.id, venue.id);
    return refusalAsFinding(async () => {
      aSeatIsFree({ ...venue, taken: venue.taken + before });
      return { state: 'READY', venue };
    });
  }
}

async function refusalAsFinding(look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof DomainError) return { state: 'REFUSED', reason: error.code };
    throw error;
  }
}
