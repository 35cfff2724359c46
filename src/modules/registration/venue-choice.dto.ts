import { toShanghai } from '../../kernel/clock.js';
import type { DomainError } from '../../kernel/domain-error.js';
import { firstRefusal } from '../../kernel/first-refusal.js';
import { Shown, ShownIfAny } from '../../platform/http/fields.js';
import type { AnswerLanguage } from '../../platform/http/language.js';
import {
  aSeatIsFree,
  type CampusNames,
  NoticeShown,
  PlaceShown,
  SubjectShown,
  seatLevel,
  type Venue,
} from '../sitting/index.js';

export class SeatsShown {
  @Shown('绿 half or more left, 黄 less than half, 红 none (无)', {
    enum: ['AMPLE', 'FEW', 'NONE'],
    enumName: 'SeatLevel',
  })
  level: string;
}

export class ExamTimeShown {
  @Shown('Start; of an oral, the earliest: the ticket fixes the time', { format: 'date-time' })
  startsAt: string;
  @ShownIfAny('End; of an oral, the latest', { format: 'date-time' })
  endsAt?: string;
}

/** A venue as the page of choosing shows it. */
export class VenueChoiceShown {
  @Shown('Id')
  id: string;
  @Shown('Subject')
  subject: SubjectShown;
  @Shown('Campus')
  campus: PlaceShown;
  @Shown('School')
  school: PlaceShown;
  @ShownIfAny('Fee in fen, once set', { example: 3000 })
  feeFen?: number;
  @ShownIfAny('Exam time, once set')
  examTime?: ExamTimeShown;
  @ShownIfAny('When registration opens', { format: 'date-time' })
  opensAt?: string;
  @ShownIfAny('When registration closes', { format: 'date-time' })
  closesAt?: string;
  @Shown('Seats left')
  seats: SeatsShown;
  @Shown('How many wait')
  waiting: number;
  @Shown('May this candidate enrol here now?')
  canEnrol: boolean;
  @Shown('May this candidate join the waitlist here now?')
  canWait: boolean;
  @ShownIfAny('Code of the first rule that refuses enrolling', { example: 'SEATS_FULL' })
  reason?: string;
  @ShownIfAny('The same as a sentence')
  reasonText?: string;

  /**
   * `toEnrol` and `toWait` throw the first refusal of the candidate's own conditions, which are not the same for an
   * oral (R-OE-1, R-WL-2); seats are asked here.
   */
  static of(
    venue: Venue,
    names: CampusNames,
    { toEnrol, toWait }: { toEnrol: () => void; toWait: () => void },
    language: AnswerLanguage,
  ): VenueChoiceShown {
    const noSeat = firstRefusal(() => aSeatIsFree(venue));
    const refused: DomainError | undefined = firstRefusal(toEnrol) ?? noSeat;
    return {
      id: venue.id,
      subject: SubjectShown.of(venue.subjectCode),
      ...names,
      ...(venue.feeFen ? { feeFen: venue.feeFen } : {}),
      ...(venue.examStartsAt
        ? {
            examTime: {
              startsAt: toShanghai(venue.examStartsAt),
              ...(venue.examEndsAt ? { endsAt: toShanghai(venue.examEndsAt) } : {}),
            },
          }
        : {}),
      ...(venue.opensAt ? { opensAt: toShanghai(venue.opensAt) } : {}),
      ...(venue.closesAt ? { closesAt: toShanghai(venue.closesAt) } : {}),
      seats: { level: seatLevel(venue) },
      waiting: venue.waiting,
      canEnrol: !refused,
      canWait: noSeat !== undefined && !firstRefusal(toWait),
      ...(refused ? { reason: refused.code, reasonText: refused.detail(language) } : {}),
    };
  }
}

export class VenueChoicesShown {
  @Shown('Venues open to the candidate', { type: [VenueChoiceShown] })
  items: VenueChoiceShown[];
  @Shown('Notices of the authority, the province and the school', { type: [NoticeShown] })
  notices: NoticeShown[];
}
