import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { instantFromAggregate, type RawInstant } from '../../platform/database/dialect.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { Campus, ProvinceSetting, School } from './school.entity.js';

/** A campus with the names people read. */
export interface CampusNames {
  campus: { code: string; name: string };
  school: { code: string; name: string };
}

@Injectable()
export class SchoolRepository {
  campus(reader: Reader, code: string): Promise<Campus | null> {
    return reader.manager.findOneBy(Campus, { code });
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

  provinceSetting(reader: Reader, sittingId: string, provinceCode: string): Promise<ProvinceSetting | null> {
    return reader.manager.findOneBy(ProvinceSetting, { sittingId, provinceCode });
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
}
