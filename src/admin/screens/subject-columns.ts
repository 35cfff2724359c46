import { maskDocumentNumber, normaliseDocumentNumber } from '../../kernel/document-number.js';
import { normaliseName } from '../../kernel/person-name.js';
import { onOneLine, plainCode } from '../../kernel/same-to-the-eye.js';
import { SUBJECT_CODES, SUBJECTS, type SubjectCode } from '../../kernel/words.js';
import { Registration, type RegistrationRepository } from '../../modules/registration/index.js';
import { type CampusNames, type SchoolRepository, Venue } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import type { ShownColumn, Words } from '../panel/shown-noun.js';

/** What a registration holds or waits for, at a place. */
interface SubjectRow {
  readonly registrationId: string;
  readonly subjectCode: SubjectCode;
  readonly provinceCode: string;
  readonly schoolCode: string;
  readonly campusCode: string;
}

export interface SubjectFacts {
  /** By registration. */
  readonly registrations: ReadonlyMap<string, Registration>;
  /** By campus code. */
  readonly places: ReadonlyMap<string, CampusNames>;
}

export const SUBJECT_WORDS: Words = Object.fromEntries(
  SUBJECT_CODES.map((code) => [code, { label: SUBJECTS[code].name }]),
);
/** Of texts, which are kept as they are seen; `code` is for codes and numbers. */
export const trimmed = onOneLine;
export const ofRegistration = { entity: Registration, by: 'registrationId' } as const;
/** A venue's rows are found by an index; by its place alone they would not be. */
const atVenue = { entity: Venue, by: 'venueId' } as const;

/** Whose it is: name and document. */
export function candidateColumns<Row extends SubjectRow>(): ShownColumn<Row, SubjectFacts>[] {
  return [
    {
      name: 'name',
      label: '姓名',
      on: ['list', 'show'],
      text: ({ registrationId }, { registrations }) => registrations.get(registrationId)?.details.name,
      link: ({ registrationId }) => ({ noun: 'registrations', id: registrationId }),
      path: 'details.name',
      through: ofRegistration,
      search: { by: 'PART', normalise: normaliseName },
    },
    {
      name: 'documentNumber',
      label: '证件号码',
      on: ['list', 'show'],
      text: ({ registrationId }, { registrations }) =>
        registrations.get(registrationId)?.details.documentNumber,
      mask: maskDocumentNumber,
      path: 'details.documentNumber',
      through: ofRegistration,
      search: { by: 'WHOLE', normalise: normaliseDocumentNumber },
    },
  ];
}

/** Which subject, and where; `of` says what is there: an exam, or a queue. */
export function venueColumns<Row extends SubjectRow>(of: '考试' | '候补'): ShownColumn<Row, SubjectFacts>[] {
  const code = (
    name: 'campusCode' | 'schoolCode' | 'provinceCode',
    place: string,
    on: ShownColumn<Row, SubjectFacts>['on'],
  ): ShownColumn<Row, SubjectFacts> => ({
    name,
    label: `${of}${place}代码`,
    on,
    text: (row) => row[name],
    path: name,
    through: atVenue,
    search: { by: 'WHOLE', normalise: plainCode },
  });
  return [
    {
      name: 'subject',
      label: '科目',
      on: ['list', 'show'],
      text: ({ subjectCode }) => subjectCode,
      path: 'subjectCode',
      search: { by: 'WORD', words: SUBJECT_WORDS },
    },
    {
      name: 'campus',
      label: `${of}校区`,
      on: ['list', 'show'],
      text: ({ campusCode }, { places }) => placeName(campusCode, places),
    },
    code('campusCode', '校区', ['show']),
    code('schoolCode', '学校', []),
    code('provinceCode', '省份', []),
  ];
}

/** The registrations and places these rows name. */
export async function gatherSubjectFacts(
  rows: readonly SubjectRow[],
  reader: Reader,
  from: { registrations: RegistrationRepository; schools: SchoolRepository },
): Promise<SubjectFacts> {
  const [registrations, places] = await Promise.all([
    from.registrations.byIds(
      reader,
      rows.map(({ registrationId }) => registrationId),
    ),
    from.schools.names(
      reader,
      rows.map(({ campusCode }) => campusCode),
    ),
  ]);
  return { registrations, places };
}

export function placeName(campusCode: string, places: ReadonlyMap<string, CampusNames>): string {
  const place = places.get(campusCode);
  return place ? `${place.school.name} ${place.campus.name}` : campusCode;
}
