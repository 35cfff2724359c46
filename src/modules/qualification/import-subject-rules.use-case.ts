import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { digits, listOf, text } from '../../platform/import/cells.js';
import { optionalColumn, requiredColumn } from '../../platform/import/column.js';
import { Importer } from '../../platform/import/importer.js';
import type { ImportCommand, ImportResult, Intake } from '../../platform/import/intake.js';
import { educationLevelCell, entryYearCell, subjectCell } from '../../platform/import/word-cells.js';
import { AuditTrail } from '../audit/index.js';
import { checkSchool, type ImportActor, SchoolRepository, SittingRepository } from '../sitting/index.js';
import { placeOf } from './place-of-staff.js';
import type { SubjectRule } from './subject-rule.entity.js';
import { SubjectRuleRepository } from './subject-rule.repository.js';

export const SUBJECT_RULE_COLUMNS = {
  schoolCode: requiredColumn('学校代码', 'school_code', digits(5)),
  subjectCode: requiredColumn('科目', 'subject', subjectCell),
  educationLevels: optionalColumn('学历', 'education_levels', listOf(educationLevelCell)),
  grades: optionalColumn('年级', 'grades', listOf(text(20))),
  entryYears: optionalColumn('入学年份', 'entry_years', listOf(entryYearCell)),
};

/** Takes in whom each school lets take a subject (R-QU-3). */
@Injectable()
export class ImportSubjectRules {
  constructor(
    private readonly importer: Importer,
    private readonly auditTrail: AuditTrail,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly rules: SubjectRuleRepository,
  ) {}

  /**
   * @param command `sitting`: its number; without one, the current sitting
   * @throws NOT_YOUR_ROLE, SITTING_NOT_FOUND, NO_CURRENT_SITTING, and what `Importer` throws
   */
  execute(command: ImportCommand & { sitting?: number }, actor: ImportActor): Promise<ImportResult> {
    if (actor.type === 'STAFF') onlyStaffOf(actor, 'SCHOOL', 'CENTRAL');
    return this.importer.run(command, (reader) => this.intake(reader, command.sitting, actor));
  }

  private async intake(
    reader: Reader,
    sittingNumber: number | undefined,
    actor: ImportActor,
  ): Promise<Intake<typeof SUBJECT_RULE_COLUMNS, SubjectRule>> {
    const { id: sittingId } = await this.sittings.numbered(reader, sittingNumber);
    const places = await this.schools.places(reader);
    const keyOf = (rule: Pick<SubjectRule, 'schoolCode' | 'subjectCode'>) =>
      `${rule.schoolCode} ${rule.subjectCode}`;
    return {
      columns: SUBJECT_RULE_COLUMNS,
      besides: ['考次', '学校'],
      keyColumn: 'subjectCode',
      keyOf,
      stored: async (rows) => {
        const rules = await this.rules.ofSchools(
          reader,
          sittingId,
          rows.map(({ schoolCode }) => schoolCode),
        );
        return new Map(rules.map((rule) => [keyOf(rule), rule]));
      },
      check: ({ schoolCode }, _before, refuse) => {
        checkSchool(places, actor, schoolCode, refuse);
      },
      merge: (row, before) => ({
        id: newId(),
        ...NO_RESTRICTION,
        ...before,
        ...row,
        sittingId,
        provinceCode: row.schoolCode.slice(0, 2),
      }),
      save: async (tx, changes) => {
        await this.rules.save(
          tx,
          changes.map(({ after }) => after),
        );
        await this.auditTrail.recordRows(
          tx,
          actor,
          { added: 'subject-rule.set', edited: 'subject-rule.set', changes },
          (rule) => {
            const { id: rowId, provinceCode, schoolCode } = rule;
            return { rowId, provinceCode, schoolCode, facts: { ...rule } };
          },
        );
      },
      taken: (tx, result) =>
        this.auditTrail.recordImport(
          tx,
          actor,
          { action: 'subject-rule.import', rowId: sittingId, ...placeOf(actor) },
          result,
        ),
    };
  }
}

const NO_RESTRICTION = { educationLevels: null, grades: null, entryYears: null };
