import { SUBJECTS } from '../../kernel/words.js';
import type { Sitting } from '../sitting/index.js';
import type { ChoosingFacts } from './choosing.rules.js';
import { isLive } from './registration.rules.js';

/** What the candidate can do now; the page shows a button each. */
export type CandidateAction =
  | 'CHOOSE_WRITTEN'
  | 'CHOOSE_REPORT_FORM'
  | 'PAY_WRITTEN'
  | 'CHOOSE_ORAL'
  | 'PAY_ORAL'
  | 'REQUEST_CET6_REVIEW'
  | 'DELETE_REGISTRATION';

/** R-RG-1, [000] §7: the buttons of the registration page. */
export function actionsOf(
  facts: {
    enrolments: ChoosingFacts['enrolments'];
    sitting: Pick<Sitting, 'reportChangeOpensAt' | 'reportChangeClosesAt'>;
  },
  reviewOffered: boolean,
  now: Date,
): CandidateAction[] {
  const { reportChangeOpensAt: opens, reportChangeClosesAt: closes } = facts.sitting;
  const afterResults = opens !== null && closes !== null && opens <= now && now < closes;
  const live = facts.enrolments.filter(isLive);
  const unpaid = live.filter(({ state, lockedBySchool }) => state === 'UNPAID' && !lockedBySchool);
  const written = live.filter(({ kind }) => kind === 'WRITTEN');
  // unpaid will do: an oral may be queued for before it may be taken (R-WL-2), and its page says which
  const forOral = written.filter(({ subjectCode }) => !SUBJECTS[subjectCode].minorLanguage);
  const possible: [CandidateAction, boolean][] = [
    ['CHOOSE_WRITTEN', true],
    ['CHOOSE_REPORT_FORM', written.some(({ state }) => state === 'UNPAID' || afterResults)],
    ['PAY_WRITTEN', unpaid.some(({ kind }) => kind === 'WRITTEN')],
    ['CHOOSE_ORAL', forOral.length > 0],
    ['PAY_ORAL', unpaid.some(({ kind }) => kind === 'ORAL')],
    ['REQUEST_CET6_REVIEW', reviewOffered],
    ['DELETE_REGISTRATION', live.every(({ state, lockedBySchool }) => state !== 'PAID' && !lockedBySchool)],
  ];
  return possible.filter(([, can]) => can).map(([action]) => action);
}
