import { toShanghai } from '../../kernel/clock.js';
import { SUBJECTS } from '../../kernel/words.js';
import { Shown, ShownIfAny } from '../../platform/http/fields.js';
import { PlaceShown, SubjectShown } from '../sitting/index.js';
import type { WaitlistEntryWithPlaces } from './waitlist-entry.repository.js';
import { remarkText } from './waitlist-remark.js';

/** The venue of an entry */
export class VenueReference {
  @Shown('Id')
  id: string;
  @Shown('Campus and subject', { example: '南开大学津南校区 日语四级' })
  name: string;
}

/** 候补 */
export class WaitlistEntryShown {
  @Shown('Id')
  id: string;
  @Shown('Venue waited for')
  venue: VenueReference;
  @Shown('Subject')
  subject: SubjectShown;
  @Shown('Campus')
  campus: PlaceShown;
  @Shown('School')
  school: PlaceShown;
  @Shown('State', {
    enum: ['WAITING', 'ALLOCATED', 'CANCELLED', 'FAILED', 'CLOSED'],
    enumName: 'WaitlistEntryState',
  })
  state: string;
  @Shown('When it was submitted', { format: 'date-time' })
  submittedAt: string;
  @ShownIfAny('How many stand before it, while it waits', { example: 12 })
  ahead?: number;
  @ShownIfAny('When it ended', { format: 'date-time' })
  endedAt?: string;
  @ShownIfAny('候补备注: why it ended', { example: '放弃科目报考及候补' })
  remark?: string;
  @ShownIfAny('The same as a code: the candidate’s reason, or the check that failed', { example: 'GIVE_UP' })
  remarkCode?: string;
  @ShownIfAny('The enrolment it became')
  enrolmentId?: string;

  static of(entry: WaitlistEntryWithPlaces): WaitlistEntryShown {
    const { campus, school } = entry;
    return {
      id: entry.id,
      venue: { id: entry.venueId, name: `${campus.name} ${SUBJECTS[entry.subjectCode].name}` },
      subject: SubjectShown.of(entry.subjectCode),
      campus: { code: campus.code, name: campus.name },
      school: { code: school.code, name: school.name },
      state: entry.state,
      submittedAt: toShanghai(entry.submittedAt),
      ...(entry.state === 'WAITING' ? { ahead: entry.ahead } : {}),
      ...(entry.endedAt ? { endedAt: toShanghai(entry.endedAt) } : {}),
      ...(entry.remark ? { remark: remarkText(entry.remark).zh, remarkCode: entry.remark } : {}),
      ...(entry.enrolmentId ? { enrolmentId: entry.enrolmentId } : {}),
    };
  }
}

/** Waiting and ended entries, listed separately (R-WL-7). */
export class WaitlistShown {
  @Shown('正在候补', { type: [WaitlistEntryShown] })
  waiting: WaitlistEntryShown[];
  @Shown('已完成候补', { type: [WaitlistEntryShown] })
  ended: WaitlistEntryShown[];

  static of(entries: readonly WaitlistEntryWithPlaces[]): WaitlistShown {
    return {
      waiting: entries.filter(({ state }) => state === 'WAITING').map(WaitlistEntryShown.of),
      ended: entries.filter(({ state }) => state !== 'WAITING').map(WaitlistEntryShown.of),
    };
  }
}
