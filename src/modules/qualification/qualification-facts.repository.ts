import { Injectable } from '@nestjs/common';
import { groupedBy } from '../../kernel/grouped-by.js';
import { type DocumentType, SUBJECT_CODES, SUBJECTS, type SubjectCode } from '../../kernel/words.js';
import { placeholders } from '../../platform/database/select-entities.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { isPlainlyOf } from './cet4-result.rules.js';
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

/** What a row tells, each of one thing; the columns that do not concern it are null. */
interface Row {
  /** Whose venues' subjects, which list's line, or a school's rule, a result, a review. */
  what: 'CAMPUS' | 'ALL_SCHOOLS' | 'LISTED_SCHOOLS' | 'WHITE' | 'BLACK' | 'RULE' | 'RESULT' | 'REVIEW';
  /** `GROUP_CONCAT` of subject codes. */
  subjects: string | null;
  school_code: string | null;
  campus_code: string | null;
  account_id: string | null;
  document_type: DocumentType | null;
  document_number: string | null;
  name: string | null;
  score: number | null;
  review_state: Cet6ReviewState | null;
  education_levels: string | null;
  grades: string | null;
  entry_years: string | null;
}

const COLUMNS = [
  ...(['subjects', 'school_code', 'campus_code', 'account_id', 'document_type', 'document_number'] as const),
  ...(['name', 'score', 'review_state', 'education_levels', 'grades', 'entry_years'] as const),
];

/** One of the selects that are read together, of these columns. */
function part(
  what: string,
  of: Partial<Record<(typeof COLUMNS)[number], string>>,
  from: string,
  parameters: readonly unknown[],
): { sql: string; parameters: readonly unknown[] } {
  const columns = COLUMNS.map((column) => `${of[column] ?? 'NULL'} AS ${column}`);
  return { sql: `SELECT ${what} AS what, ${columns} ${from}`, parameters };
}

/** Subjects that may be taken at another school; named, so that the index by subject and `admits` answers. */
const TAKEN_ELSEWHERE = SUBJECT_CODES.filter(
  (code) => SUBJECTS[code].minorLanguage || SUBJECTS[code].kind === 'ORAL',
)
  .map((code) => `'${code}'`)
  .join(', ');

const SUBJECTS_OF_VENUES = { subjects: 'GROUP_CONCAT(DISTINCT venue.subject_code)' };

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
    const parts = partsAbout(sittingId, candidates);
    const rows = await reader.manager.query<Row[]>(
      parts.map(({ sql }) => sql).join(' UNION ALL '),
      parts.flatMap(({ parameters }) => parameters),
    );
    const of = groupedBy(rows, ({ what }) => what);
    return candidates.map((candidate) => factsOf(candidate, (what) => of.get(what) ?? []));
  }
}

/**
 * Sets, and not questions about each candidate: fifty who choose together are mostly of few schools. "Open to listed" is
 * `admitsSchool` asked of the database: a sitting has thousands of venues, a candidate needs their subjects.
 */
function partsAbout(sittingId: string, candidates: readonly Candidate[]) {
  const distinct = (values: readonly string[]) => [...new Set(values)];
  const schools = distinct(candidates.map(({ student }) => student.schoolCode));
  const documents = distinct(candidates.map(({ student }) => student.documentNumber));
  const accounts = distinct(candidates.map(({ accountId }) => accountId));
  return [
    part(
      "'CAMPUS'",
      { ...SUBJECTS_OF_VENUES, school_code: 'venue.school_code', campus_code: 'venue.campus_code' },
      `FROM venue WHERE venue.sitting_id = ? AND venue.school_code IN (${placeholders(schools)})
       GROUP BY venue.school_code, venue.campus_code`,
      [sittingId, ...schools],
    ),
    part(
      "'ALL_SCHOOLS'",
      SUBJECTS_OF_VENUES,
      `FROM venue WHERE venue.sitting_id = ? AND venue.admits = 'ALL_SCHOOLS' AND venue.subject_code IN (${TAKEN_ELSEWHERE})`,
      [sittingId],
    ),
    part(
      "'LISTED_SCHOOLS'",
      { ...SUBJECTS_OF_VENUES, school_code: 'school.code' },
      `FROM (${schools.map(() => 'SELECT ? AS code, ? AS in_list').join(' UNION ALL ')}) school
       JOIN venue ON venue.admitted_schools LIKE school.in_list
       WHERE venue.sitting_id = ? AND venue.admits = 'LISTED_SCHOOLS' AND venue.subject_code IN (${TAKEN_ELSEWHERE})
       GROUP BY school.code`,
      [...schools.flatMap((code) => [code, `%"${code}"%`]), sittingId],
    ),
    part(
      'line.list',
      {
        subjects: 'line.subject_code',
        school_code: 'line.school_code',
        document_type: 'line.document_type',
        document_number: 'line.document_number',
      },
      `FROM subject_list_line line
       WHERE line.sitting_id = ? AND line.document_number IN (${placeholders(documents)})`,
      [sittingId, ...documents],
    ),
    part(
      "'RULE'",
      {
        subjects: 'rule.subject_code',
        school_code: 'rule.school_code',
        education_levels: 'rule.education_levels',
        grades: 'rule.grades',
        entry_years: 'rule.entry_years',
      },
      `FROM subject_rule rule WHERE rule.sitting_id = ? AND rule.school_code IN (${placeholders(schools)})`,
      [sittingId, ...schools],
    ),
    part(
      "'RESULT'",
      {
        document_type: 'result.document_type',
        document_number: 'result.document_number',
        name: 'result.name',
        score: 'result.score',
      },
      `FROM cet4_result result WHERE result.document_number IN (${placeholders(documents)})`,
      documents,
    ),
    part(
      "'REVIEW'",
      {
        account_id: 'review.account_id',
        document_type: 'review.document_type',
        document_number: 'review.document_number',
        review_state: 'review.state',
      },
      `FROM cet6_review review WHERE review.account_id IN (${placeholders(accounts)})`,
      accounts,
    ),
  ];
}

function factsOf(
  { accountId, student }: Candidate,
  of: (what: Row['what']) => readonly Row[],
): QualificationFacts {
  const ofSchool = ({ school_code }: Row) => school_code === student.schoolCode;
  const ofCampus = ({ campus_code }: Row) => campus_code === student.campusCode;
  const ofDocument = (row: Row) =>
    row.document_number === student.documentNumber && row.document_type === student.documentType;
  const scores = of('RESULT')
    .filter((row) =>
      isPlainlyOf(student, {
        documentType: row.document_type,
        documentNumber: row.document_number!,
        name: row.name!,
      }),
    )
    .map(({ score }) => score!);
  const review = of('REVIEW').find((row) => row.account_id === accountId && ofDocument(row));
  return {
    student,
    offeredAtOwnCampus: subjectsOf(of('CAMPUS').filter(ofCampus)),
    offeredAtOwnSchool: subjectsOf(of('CAMPUS').filter(ofSchool)),
    offeredElsewhere: subjectsOf([...of('ALL_SCHOOLS'), ...of('LISTED_SCHOOLS').filter(ofSchool)]),
    rules: of('RULE')
      .filter(ofSchool)
      .map(({ subjects, education_levels, grades, entry_years }) => ({
        subjectCode: subjects as SubjectCode,
        educationLevels: list(education_levels),
        grades: list(grades),
        entryYears: list(entry_years),
      })),
    whitelisted: subjectsOf(of('WHITE').filter((row) => ofSchool(row) && ofDocument(row))),
    blacklisted: subjectsOf(of('BLACK').filter((row) => ofSchool(row) && ofDocument(row))),
    bestCet4Score: scores.length > 0 ? Math.max(...scores) : undefined,
    reviewState: review?.review_state ?? undefined,
  };
}

/** Each once. */
function subjectsOf(rows: readonly Row[]): SubjectCode[] {
  return [...new Set(rows.flatMap(({ subjects }) => subjects?.split(',') ?? []))] as SubjectCode[];
}

function list(json: string | null) {
  return json === null ? null : JSON.parse(json);
}
