import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { SubjectCode } from '../../kernel/words.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { Sitting, Venue } from '../sitting/index.js';
import { Cet4Result } from './cet4-result.entity.js';
import { Cet6Review } from './cet6-review.entity.js';
import type { Cet6ReviewState } from './cet6-review.machine.js';
import type { QualificationFacts } from './qualification.rules.js';
import type { StudentDetails } from './student-details.js';
import { SubjectListLine } from './subject-list-line.entity.js';
import { SubjectRule } from './subject-rule.entity.js';

/** An account's student in a sitting. */
export interface Candidacy {
  sittingId: string;
  accountId: string;
  student: StudentDetails;
}

/** `GROUP_CONCAT` of subject codes. */
type Codes = string | null;

interface Row {
  ownCampus: Codes;
  ownSchool: Codes;
  openToAll: Codes;
  openToListed: Codes;
  white: Codes;
  black: Codes;
  bestCet4Score: number | null;
  reviewState: Cet6ReviewState | null;
}

const IN_SITTING = 'venue.sittingId = :sittingId';
/** The same as `admitsSchool`, asked of the database: a sitting has thousands of venues, a candidate needs their subjects. */
const OPEN_TO_ALL = `${IN_SITTING} AND venue.admits = 'ALL_SCHOOLS' AND venue.subjectCode IN (:...takenElsewhere)`;
const OPEN_TO_LISTED = `${IN_SITTING} AND venue.admits = 'LISTED_SCHOOLS' AND venue.subjectCode IN (:...takenElsewhere) AND venue.admittedSchools LIKE :schoolInList`;
const OF_THE_STUDENT =
  'line.sittingId = :sittingId AND line.schoolCode = :schoolCode AND line.documentNumber = :documentNumber AND line.documentType = :documentType';

/** Subjects that may be taken at another school; named, so that the index by subject and `admits` answers. */
const TAKEN_ELSEWHERE: readonly SubjectCode[] = ['3', '4', '5', '6', '7', '8', '9', 'F', 'S'];

/** What `qualify` needs of the database, in one statement: it is asked at every choice of a registration rush. */
@Injectable()
export class QualificationFactsRepository {
  async of(reader: Reader, { sittingId, accountId, student }: Candidacy): Promise<QualificationFacts> {
    const { schoolCode, campusCode, documentType, documentNumber, name } = student;
    const { raw, entities } = await reader.manager
      .createQueryBuilder(Sitting, 'sitting')
      .select('sitting.id')
      .leftJoinAndMapMany(
        'sitting.rules',
        SubjectRule,
        'rule',
        'rule.sittingId = sitting.id AND rule.schoolCode = :schoolCode',
      )
      .addSelect(
        (q) => subjectsOf(q, Venue, 'venue', `${IN_SITTING} AND venue.campusCode = :campusCode`),
        'ownCampus',
      )
      .addSelect(
        (q) => subjectsOf(q, Venue, 'venue', `${IN_SITTING} AND venue.schoolCode = :schoolCode`),
        'ownSchool',
      )
      .addSelect((q) => subjectsOf(q, Venue, 'venue', OPEN_TO_ALL), 'openToAll')
      .addSelect((q) => subjectsOf(q, Venue, 'venue', OPEN_TO_LISTED), 'openToListed')
      .addSelect(
        (q) => subjectsOf(q, SubjectListLine, 'line', `${OF_THE_STUDENT} AND line.list = 'WHITE'`),
        'white',
      )
      .addSelect(
        (q) => subjectsOf(q, SubjectListLine, 'line', `${OF_THE_STUDENT} AND line.list = 'BLACK'`),
        'black',
      )
      .addSelect(
        (q) =>
          q
            .select('MAX(result.score)')
            .from(Cet4Result, 'result')
            .where('result.documentNumber = :documentNumber')
            .andWhere('(result.documentType IS NULL OR result.documentType = :documentType)')
            // a result under another name is not theirs without asking: the review takes it by its ticket (R-CR-3)
            .andWhere('UPPER(result.name) = UPPER(:name)'),
        'bestCet4Score',
      )
      .addSelect(
        (q) =>
          q
            .select('review.state')
            .from(Cet6Review, 'review')
            .where('review.accountId = :accountId')
            .andWhere('review.documentNumber = :documentNumber AND review.documentType = :documentType'),
        'reviewState',
      )
      .where('sitting.id = :sittingId')
      .setParameters({ sittingId, accountId, schoolCode, campusCode, documentType, documentNumber, name })
      .setParameters({ takenElsewhere: TAKEN_ELSEWHERE, schoolInList: `%"${schoolCode}"%` })
      .getRawAndEntities<Row>();
    const [row] = raw;
    const [sitting] = entities as (Sitting & { rules: SubjectRule[] })[];
    if (!row || !sitting) throw new Error(`There is no sitting ${sittingId}.`);
    return {
      student,
      offeredAtOwnCampus: codes(row.ownCampus),
      offeredAtOwnSchool: codes(row.ownSchool),
      offeredElsewhere: [...codes(row.openToAll), ...codes(row.openToListed)],
      rules: sitting.rules,
      whitelisted: codes(row.white),
      blacklisted: codes(row.black),
      bestCet4Score: row.bestCet4Score ?? undefined,
      reviewState: row.reviewState ?? undefined,
    };
  }
}

function subjectsOf(
  query: SelectQueryBuilder<ObjectLiteral>,
  entity: typeof Venue | typeof SubjectListLine,
  alias: string,
  where: string,
) {
  return query.select(`GROUP_CONCAT(DISTINCT ${alias}.subjectCode)`).from(entity, alias).where(where);
}

function codes(text: Codes): SubjectCode[] {
  return (text ? text.split(',') : []) as SubjectCode[];
}
