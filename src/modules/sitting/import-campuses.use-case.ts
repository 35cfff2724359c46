import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { digits, text, yesNo } from '../../platform/import/cells.js';
import { optionalColumn, requiredColumn } from '../../platform/import/column.js';
import { Importer } from '../../platform/import/importer.js';
import type { ImportCommand, ImportResult, Intake } from '../../platform/import/intake.js';
import { AuditTrail } from '../audit/index.js';
import { centralStaffOnly, checkSchool, type ImportActor, placeFaults } from './place-faults.js';
import type { Campus } from './school.entity.js';
import { SchoolRepository } from './school.repository.js';

export const CAMPUS_COLUMNS = {
  schoolCode: requiredColumn('学校代码', 'school_code', digits(5)),
  code: requiredColumn('校区代码', 'campus_code', digits(6)),
  name: requiredColumn('校区名称', 'campus_name', text(100)),
  oralElsewhereAllowed: optionalColumn('允许跨校区口试', 'oral_elsewhere_allowed', yesNo),
};

/** Takes in campuses of schools that are there. */
@Injectable()
export class ImportCampuses {
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

  private async intake(reader: Reader, actor: ImportActor): Promise<Intake<typeof CAMPUS_COLUMNS, Campus>> {
    const places = await this.schools.places(reader);
    return {
      columns: CAMPUS_COLUMNS,
      besides: ['学校'],
      keyColumn: 'code',
      keyOf: ({ code }) => code,
      stored: async () => places.campuses,
      check: ({ code, schoolCode }, _before, refuse) => {
        checkSchool(places, actor, schoolCode, refuse);
        if (!code.startsWith(schoolCode)) refuse('code', placeFaults.otherSchool(schoolCode));
      },
      merge: ({ oralElsewhereAllowed, ...row }, before) => ({
        ...before,
        ...row,
        provinceCode: row.schoolCode.slice(0, 2),
        oralElsewhereAllowed: oralElsewhereAllowed ?? before?.oralElsewhereAllowed ?? true,
      }),
      save: async (tx, changes) => {
        await this.schools.saveCampuses(
          tx,
          changes.map(({ after }) => after),
        );
        await this.auditTrail.recordRows(tx, actor, { edited: 'campus.edit', changes }, (campus) => {
          const { code: rowId, provinceCode, schoolCode } = campus;
          return { rowId, provinceCode, schoolCode, facts: { ...campus } };
        });
      },
      taken: (tx, result) =>
        this.auditTrail.recordImport(tx, actor, { action: 'campus.import', rowId: 'campus' }, result),
    };
  }
}
