import { Injectable } from '@nestjs/common';
import { groupedBy } from '../../kernel/grouped-by.js';
import { SUBJECT_CODES, SUBJECTS, type SubjectCode } from '../../kernel/words.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import type { Cet6ReviewState } from './cet6-review.machine.js';
import type { QualificationFacts } from './qualification.rules.js';
import type { StudentDetails } from './student-details.js';

/** An account's student. */
export interface Candidate {
  accountId: string;
  student: StudentDetails;
}

/** The same in a sitting. */
export interface Candidacy extends Candidate {
  sittingId: string;
}

/** `GROUP_CONCAT` of subject codes. */
type Codes = string | null;

interface Row {
  number: number;
  own_campus: Codes;
  own_school: Codes;
  open_to_all: Codes;
  open_to_listed: Codes;
  white: Codes;
  black: Codes;
  best_cet4_score: number | null;
  review_state: Cet6ReviewState | null;
  rule_subject: SubjectCode | null;
  education_levels: string | null;
  grades: string | null;
  entry_years: string | null;
}

/** Subjects that may be taken at another school; named, so that the index by subject and `admits` answers. */
const TAKEN_ELSEWHERE = SUBJECT_CODES.filter(
  (code) => SUBJECTS[code].minorLanguage || SUBJECTS[code].kind === 'ORAL',
)
  .map((code) => `'${code}'`)
  .join(', ');

const subjectsOfVenues = (where: string) =>
  `(SELECT GROUP_CONCAT(DISTINCT venue.subject_code) FROM venue
    WHERE venue.sitting_id = ? AND ${where})`;
const subjectsOnList = (list: 'WHITE' | 'BLACK') =>
  `(SELECT GROUP_CONCAT(DISTINCT line.subject_code) FROM subject_list_line line
    WHERE line.sitting_id = ? AND line.school_code = candidate.school_code
      AND line.document_number = candidate.document_number AND line.document_type = candidate.document_type
      AND line.list = '${list}')`;

/** The candidates are a table of their own, so that one or fifty are one statement. */
const CANDIDATE_COLUMNS =
  'number, account_id, school_code, campus_code, document_type, document_number, name, school_in_list';
const CANDIDATE = 'SELECT ?, ?, ?, ?, ?, ?, ?, ?';

/**
 * Every `?` is the sitting: a constant, and not a column of `candidate`, without which the index by subject and `admits`
 * would read all venues there are. "Open to listed" is `admitsSchool` asked of the database: a sitting has
 * thousands of venues, a candidate needs their subjects.
 */
const FACTS = `
  SELECT candidate.number,
    ${subjectsOfVenues('venue.campus_code = candidate.campus_code')} AS own_campus,
    ${subjectsOfVenues('venue.school_code = candidate.school_code')} AS own_school,
    ${subjectsOfVenues(`venue.admits = 'ALL_SCHOOLS' AND venue.subject_code IN (${TAKEN_ELSEWHERE})`)} AS open_to_all,
    ${subjectsOfVenues(`venue.admits = 'LISTED_SCHOOLS' AND venue.subject_code IN (${TAKEN_ELSEWHERE})
      AND venue.admitted_schools LIKE candidate.school_in_list`)} AS open_to_listed,
    ${subjectsOnList('WHITE')} AS white,
    ${subjectsOnList('BLACK')} AS black,
    -- a result under another name is not theirs without asking: the review takes it by its ticket (R-CR-3)
    (SELECT MAX(result.score) FROM cet4_result result
      WHERE result.document_number = candidate.document_number
        AND (result.document_type IS NULL OR result.document_type = candidate.document_type)
        AND UPPER(result.name) = UPPER(candidate.name)) AS best_cet4_score,
    (SELECT review.state FROM cet6_review review
      WHERE review.account_id = candidate.account_id
        AND review.document_number = candidate.document_number
        AND review.document_type = candidate.document_type) AS review_state,
    rule.subject_code AS rule_subject, rule.education_levels, rule.grades, rule.entry_years
  FROM candidate
  LEFT JOIN subject_rule rule
    ON rule.sitting_id = ? AND rule.school_code = candidate.school_code
  ORDER BY candidate.number`;

const SITTINGS = FACTS.match(/\?/g) ?? [];

/** What `qualify` needs of the database, in one statement: it is asked at every choice of a registration rush. */
@Injectable()
export class QualificationFactsRepository {
  /** Of each candidate in a sitting, in their order. */
  async of(
    reader: Reader,
    sittingId: string,
    candidates: readonly Candidate[],
  ): Promise<QualificationFacts[]> {
    if (candidates.length === 0) return [];
    const rows = await reader.manager.query<Row[]>(
      `WITH candidate (${CANDIDATE_COLUMNS}) AS (${candidates.map(() => CANDIDATE).join(' UNION ALL ')}) ${FACTS}`,
      [...candidates.flatMap(parametersOf), ...SITTINGS.map(() => sittingId)],
    );
    const byNumber = groupedBy(rows, (row) => Number(row.number));
    return candidates.map(({ student }, number) => factsOf(student, byNumber.get(number)!));
  }
}

function parametersOf({ accountId, student }: Candidate, number: number): unknown[] {
  const { schoolCode, campusCode, documentType, documentNumber, name } = student;
  const schoolInList = `%"${schoolCode}"%`;
  return [number, accountId, schoolCode, campusCode, documentType, documentNumber, name, schoolInList];
}

/** One row for each rule of the school, or one without. */
function factsOf(student: StudentDetails, rows: readonly Row[]): QualificationFacts {
  const row = rows[0]!;
  return {
    student,
    offeredAtOwnCampus: codes(row.own_campus),
    offeredAtOwnSchool: codes(row.own_school),
    offeredElsewhere: [...codes(row.open_to_all), ...codes(row.open_to_listed)],
    rules: rows.flatMap(({ rule_subject, education_levels, grades, entry_years }) =>
      rule_subject === null
        ? []
        : [
            {
              subjectCode: rule_subject,
              educationLevels: list(education_levels),
              grades: list(grades),
              entryYears: list(entry_years),
            },
          ],
    ),
    whitelisted: codes(row.white),
    blacklisted: codes(row.black),
    bestCet4Score: row.best_cet4_score ?? undefined,
    reviewState: row.review_state ?? undefined,
  };
}

function codes(text: Codes): SubjectCode[] {
  return (text ? text.split(',') : []) as SubjectCode[];
}

function list(json: string | null) {
  return json === null ? null : JSON.parse(json);
}
