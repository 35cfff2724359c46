import { Injectable } from '@nestjs/common';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { digits, text } from '../../platform/import/cells.js';
import { optionalColumn, requiredColumn } from '../../platform/import/column.js';
import { Importer } from '../../platform/import/importer.js';
import type { Change, ImportCommand, ImportResult, Intake } from '../../platform/import/intake.js';
import { AuditTrail } from '../audit/index.js';
import { centralStaffOnly, type ImportActor, placeFaults } from './place-faults.js';
import type { School } from './school.entity.js';
import { SchoolRepository } from './school.repository.js';

export const SCHOOL_COLUMNS = {
  provinceCode: requiredColumn('省份代码', 'province_code', digits(2)),
  provinceName: requiredColumn('省份名称', 'province_name', text(50)),
  code: requiredColumn('学校代码', 'school_code', digits(5)),
  name: requiredColumn('学校名称', 'school_name', text(100)),
  city: optionalColumn('所在地', 'city', text(50)),
  educationLevel: optionalColumn('办学层次', 'education_level', text(20)),
  moeCode: optionalColumn('学校标识码', 'moe_code', text(20)),
};

type SchoolOfProvince = School & { provinceName: string };

/** Takes in the list of schools, and with it their provinces. Central staff's, because it is everybody's. */
@Injectable()
export class ImportSchools {
  constructor(
    private readonly importer: Importer,
    private readonly auditTrail: AuditTrail,
    private readonly schools: SchoolRepository,
  ) {}

  /** @throws NOT_YOUR_ROLE, and what `Importer` throws */
  execute(command: ImportCommand, actor: ImportActor): Promise<ImportResult> {
    centralStaffOnly(actor);
    return this.importer.run(command, (reader) => this.intake(reader, actor));
  }

  private async intake(
    reader: Reader,
    actor: ImportActor,
  ): Promise<Intake<typeof SCHOOL_COLUMNS, SchoolOfProvince>> {
    const storedNames = await this.schools.provinceNames(reader);
    const namesInFile = new Map<string, string>();
    return {
      columns: SCHOOL_COLUMNS,
      keyColumn: 'code',
      keyOf: ({ code }) => code,
      stored: async (rows) => {
        const schools = await this.schools.schools(
          reader,
          rows.map(({ code }) => code),
        );
        return new Map(
          schools.map((school) => [
            school.code,
            { ...school, provinceName: storedNames.get(school.provinceCode) ?? '' },
          ]),
        );
      },
      check: ({ code, provinceCode, provinceName }, _before, refuse) => {
        if (!code.startsWith(provinceCode)) refuse('code', placeFaults.otherProvince(provinceCode));
        const name = namesInFile.get(provinceCode);
        if (name === undefined) namesInFile.set(provinceCode, provinceName);
        else if (name !== provinceName) refuse('provinceName', placeFaults.twoNames(provinceCode, name));
      },
      merge: (row, before) => ({ ...NOTHING_KNOWN, ...before, ...row }),
      save: (tx, changes) => this.save(tx, changes, actor),
      taken: (tx, result) =>
        this.auditTrail.recordImport(tx, actor, { action: 'school.import', rowId: 'school' }, result),
    };
  }

  private async save(
    tx: Tx,
    changes: readonly Change<SchoolOfProvince>[],
    actor: ImportActor,
  ): Promise<void> {
    const schools = changes.map(({ after }) => after);
    const provinces = new Map(schools.map(({ provinceCode, provinceName }) => [provinceCode, provinceName]));
    await this.schools.saveProvinces(
      tx,
      [...provinces].map(([code, name]) => ({ code, name })),
    );
    await this.schools.saveSchools(tx, schools);
    await this.auditTrail.recordRows(tx, actor, { edited: 'school.edit', changes }, (school) => {
      const { code, provinceCode } = school;
      return { rowId: code, provinceCode, schoolCode: code, facts: { ...school } };
    });
  }
}

const NOTHING_KNOWN = { city: null, educationLevel: null, moeCode: null };
