import type { DomainError } from '../../kernel/domain-error.js';
import { firstRefusal } from '../../kernel/first-refusal.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import { EXAM_KINDS, type ExamKind } from '../../kernel/words.js';
import { versionOf } from '../../platform/database/as-shown.js';
import { type CampusOfSchool, isOpen, type Sitting, stops, type Venue } from '../sitting/index.js';
import {
  changedWindow,
  isSameWindow,
  oralOpensNoEarlierThanWritten,
  type Window,
  type WindowChange,
  windowCanBeSetSo,
} from './venue-window.rules.js';

/** Written and oral apart: a kind left out stays as it is. */
export type WindowChanges = Partial<Readonly<Record<ExamKind, WindowChange>>>;

export interface PlannedVenue {
  readonly venue: Venue;
  readonly after: Window;
}

/** What becomes of one campus's venues of one kind. */
export interface PlannedWindow {
  readonly campus: CampusOfSchool;
  readonly kind: ExamKind;
  readonly venues: readonly PlannedVenue[];
  /** Of the venues, those whose window changes. */
  readonly changed: readonly PlannedVenue[];
  /** A running registration stops. */
  readonly stops: boolean;
  /** Nobody can register yet, or any more, and then can. */
  readonly opens: boolean;
  /** Why it cannot be done. */
  readonly refused?: DomainError;
}

export interface WindowFacts {
  readonly sitting: Sitting;
  readonly campuses: readonly CampusOfSchool[];
  /** Every venue of these campuses, those of the other kind too. */
  readonly venues: readonly Venue[];
  readonly now: Date;
}

/** What a change would do, campus by campus; touches nothing. */
export function planWindows(
  changes: WindowChanges,
  { sitting, campuses, venues, now }: WindowFacts,
): PlannedWindow[] {
  const byCampus = groupedBy(venues, ({ campusCode }) => campusCode);
  return campuses.flatMap((campus) => {
    const planned = (byCampus.get(campus.code) ?? []).map((venue): PlannedVenue => {
      const change = changes[venue.kind];
      return { venue, after: change ? changedWindow(venue, change, now) : venue };
    });
    const place = `${campus.schoolName} ${campus.name}`;
    return EXAM_KINDS.flatMap((kind) => {
      const ofKind = planned.filter(({ venue }) => venue.kind === kind);
      if (!changes[kind] || ofKind.length === 0) return [];
      const changed = ofKind.filter(({ venue, after }) => !isSameWindow(venue, after));
      const refused = firstRefusal(() => {
        for (const { venue, after } of changed) windowCanBeSetSo(venue, after, sitting, place);
        if (changed.length > 0)
          oralOpensNoEarlierThanWritten(earliest(planned, 'WRITTEN'), earliest(planned, 'ORAL'), now, place);
      });
      return [
        {
          campus,
          kind,
          venues: ofKind,
          changed,
          stops: changed.some(({ venue, after }) => stops(venue, after, now)),
          opens: changed.some(({ venue, after }) => !isOpen(venue, now) && isOpen(after, now)),
          ...(refused ? { refused } : {}),
        },
      ];
    });
  });
}

/** What was planned on: the windows as they stand, of all that would change. Another one, and the plan is another too. */
export function planVersion(plan: readonly PlannedWindow[]): string {
  const changed = plan.flatMap((planned) => planned.changed);
  return versionOf(changed.map(({ venue: { id, opensAt, closesAt } }) => [id, opensAt, closesAt]).sort(byId));
}

const byId = ([a]: readonly unknown[], [b]: readonly unknown[]) => (String(a) < String(b) ? -1 : 1);

/** The window of the kind that opens first, as it would be. */
function earliest(planned: readonly PlannedVenue[], kind: ExamKind): Window | undefined {
  return planned
    .filter(({ venue, after }) => venue.kind === kind && after.opensAt)
    .map(({ after }) => after)
    .toSorted((a, b) => a.opensAt!.getTime() - b.opensAt!.getTime())[0];
}
