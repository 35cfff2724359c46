import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Scope } from '../../kernel/scope.js';
import {
  forUpdate,
  insertOrUpdate,
  instantFromAggregate,
  type RawInstant,
} from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Campus, Province, ProvinceSetting, School } from './school.entity.js';

/** A campus with the names people read. */
export interface CampusNames {
  campus: { code: string; name: string };
  school: { code: string; name: string };
}

/** A campus as a list of places shows it. */
export interface CampusOfSchool {
  code: string;
  name: string;
  provinceCode: string;
  schoolCode: string;
  schoolName: string;
  city: string | null;
}

/** Schools and campuses by code. */
export interface Places {
  schools: ReadonlyMap<string, School>;
  campuses: ReadonlyMap<string, Campus>;
}

@Injectable()
export class SchoolRepository {
  campus(reader: Reader, code: string): Promise<Campus | null> {
    return reader.manager.findOneBy(Campus, { code });
  }

  /** A campus, held still until the transaction ends. */
  lockCampus(tx: Tx, code: string): Promise<Campus | null> {
    return forUpdate(tx.manager.createQueryBuilder(Campus, 'campus').where({ code })).getOne();
  }

  /** A campus some row names. */
  getCampus(reader: Reader, code: string): Promise<Campus> {
    return reader.manager.findOneByOrFail(Campus, { code });
  }

  /** Names of campuses and their schools, by campus code; one statement. */
  async names(reader: Reader, campusCodes: readonly string[]): Promise<Map<string, CampusNames>> {
    if (campusCodes.length === 0) return new Map();
    const rows = await reader.manager
      .createQueryBuilder(Campus, 'campus')
      .innerJoin(School, 'school', 'school.code = campus.schoolCode')
      .where({ code: In([...new Set(campusCodes)]) })
      .select('campus.code', 'campusCode')
      .addSelect('campus.name', 'campusName')
      .addSelect('school.code', 'schoolCode')
      .addSelect('school.name', 'schoolName')
      .getRawMany<{ campusCode: string; campusName: string; schoolCode: string; schoolName: string }>();
    return new Map(
      rows.map((row) => [
        row.campusCode,
        {
          campus: { code: row.campusCode, name: row.campusName },
          school: { code: row.schoolCode, name: row.schoolName },
        },
      ]),
    );
  }

  /** Campuses some rows name, by code. */
  async campuses(reader: Reader, codes: readonly string[]): Promise<Map<string, Campus>> {
    if (codes.length === 0) return new Map();
    const campuses = await reader.manager.findBy(Campus, { code: In([...new Set(codes)]) });
    return new Map(campuses.map((campus) => [campus.code, campus]));
  }

  /** From when each of these provinces lets oral tickets be printed, as far as it has said. */
  async oralTicketTimes(
    reader: Reader,
    sittingId: string,
    provinceCodes: readonly string[],
  ): Promise<Map<string, Date>> {
    if (provinceCodes.length === 0) return new Map();
    const settings = await reader.manager.findBy(ProvinceSetting, {
      sittingId,
      provinceCode: In([...new Set(provinceCodes)]),
    });
    return new Map(
      settings.flatMap(({ provinceCode, oralTicketAvailableAt }) =>
        oralTicketAvailableAt ? [[provinceCode, oralTicketAvailableAt] as const] : [],
      ),
    );
  }

  provinceSetting(reader: Reader, sittingId: string, provinceCode: string): Promise<ProvinceSetting | null> {
    return reader.manager.findOneBy(ProvinceSetting, { sittingId, provinceCode });
  }

  /** What these provinces have set; those that have set nothing are missing. */
  provinceSettings(
    reader: Reader,
    sittingId: string,
    provinceCodes: readonly string[],
  ): Promise<ProvinceSetting[]> {
    return reader.manager.findBy(ProvinceSetting, { sittingId, provinceCode: In([...provinceCodes]) });
  }

  /** The earliest moment at which some province lets oral tickets be printed. */
  async earliestOralTicketTime(reader: Reader, sittingId: string): Promise<Date | undefined> {
    const row = await reader.manager
      .createQueryBuilder(ProvinceSetting, 'setting')
      .select('MIN(setting.oralTicketAvailableAt)', 'earliest')
      .where({ sittingId })
      .getRawOne<{ earliest: RawInstant }>();
    return instantFromAggregate(row?.earliest ?? null);
  }

  /** Every province's name by code. */
  async provinceNames(reader: Reader): Promise<Map<string, string>> {
    const provinces = await reader.manager.find(Province);
    return new Map(provinces.map(({ code, name }) => [code, name]));
  }

  async schools(reader: Reader, codes: readonly string[]): Promise<School[]> {
    return reader.manager.findBy(School, { code: In([...codes]) });
  }

  /** The campuses within a scope with their schools' names and cities, in the order of codes; one statement. */
  async campusesIn(reader: Reader, scope: Scope): Promise<CampusOfSchool[]> {
    if ('none' in scope) return [];
    return reader.manager
      .createQueryBuilder(Campus, 'campus')
      .innerJoin(School, 'school', 'school.code = campus.schoolCode')
      .where('all' in scope ? {} : scope)
      .select('campus.code', 'code')
      .addSelect('campus.name', 'name')
      .addSelect('campus.provinceCode', 'provinceCode')
      .addSelect('school.code', 'schoolCode')
      .addSelect('school.name', 'schoolName')
      .addSelect('school.city', 'city')
      .orderBy('campus.code')
      .getRawMany<CampusOfSchool>();
  }

  /** Every school and campus by code, for files that name them: a few thousand rows. */
  async places(reader: Reader): Promise<Places> {
    const [schools, campuses] = [await reader.manager.find(School), await reader.manager.find(Campus)];
    return {
      schools: new Map(schools.map((school) => [school.code, school])),
      campuses: new Map(campuses.map((campus) => [campus.code, campus])),
    };
  }

  saveProvinces(tx: Tx, provinces: readonly Province[]): Promise<void> {
    return insertOrUpdate(tx.manager, Province, provinces, { key: ['code'] });
  }

  saveSchools(tx: Tx, schools: readonly School[]): Promise<void> {
    return insertOrUpdate(tx.manager, School, schools, { key: ['code'] });
  }

  saveCampuses(tx: Tx, campuses: readonly Campus[]): Promise<void> {
    return insertOrUpdate(tx.manager, Campus, campuses, { key: ['code'] });
  }

  saveProvinceSettings(tx: Tx, settings: readonly ProvinceSetting[]): Promise<void> {
    return insertOrUpdate(tx.manager, ProvinceSetting, settings, { key: ['sittingId', 'provinceCode'] });
  }
}
