import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { Importer } from '../../platform/import/importer.js';
import type { ImportCommand, ImportResult, Intake } from '../../platform/import/intake.js';
import { checkCampus, type ImportActor, SchoolRepository, SittingRepository } from '../sitting/index.js';
import { checkDocument, documentKey } from './document.columns.js';
import { ROSTER_COLUMNS, type RosterRow } from './roster.columns.js';
import type { StudentRecord } from './student-record.entity.js';
import { StudentRecordRepository } from './student-record.repository.js';

/**
 * Takes in a roster (学籍). Registrations keep their own copy, so changing records changes none of them (R-QU-6); a
 * student the file does not name stays as they are.
 */
@Injectable()
export class ImportRoster {
  constructor(
    private readonly importer: Importer,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly records: StudentRecordRepository,
  ) {}

  /**
   * @param command `sitting`: its number; without one, the current sitting
   * @throws SITTING_NOT_FOUND, NO_CURRENT_SITTING, and what `Importer` throws
   */
  execute(command: ImportCommand & { sitting?: number }, actor: ImportActor): Promise<ImportResult> {
    return this.importer.run(command, (reader) => this.intake(reader, command.sitting, actor));
  }

  private async intake(
    reader: Reader,
    sittingNumber: number | undefined,
    actor: ImportActor,
  ): Promise<Intake<typeof ROSTER_COLUMNS, StudentRecord>> {
    const { id: sittingId } = await this.sittings.numbered(reader, sittingNumber);
    const places = await this.schools.places(reader);
    return {
      columns: ROSTER_COLUMNS,
      keyColumn: 'documentNumber',
      keyOf: documentKey,
      stored: async (rows) => {
        const records = await this.records.byDocumentNumbers(
          reader,
          sittingId,
          rows.map(({ documentNumber }) => documentNumber),
        );
        return new Map(records.map((record) => [documentKey(record.details), record]));
      },
      check: (row, before, refuse) => {
        checkCampus(places, actor, row, refuse);
        if (before) checkCampus(places, actor, { campusCode: before.details.campusCode }, refuse);
        checkDocument(row, refuse);
      },
      merge: (row, before) => merged(row, before, sittingId),
      save: (tx, changes) =>
        this.records.save(
          tx,
          changes.map(({ after }) => after),
        ),
    };
  }
}

const NOTHING_KNOWN = {
  duration: null,
  entryYear: null,
  grade: null,
  college: null,
  major: null,
  className: null,
  studentNumber: null,
  remark: null,
};

function merged(row: RosterRow, before: StudentRecord | undefined, sittingId: string): StudentRecord {
  return {
    id: before?.id ?? newId(),
    sittingId,
    details: {
      ...NOTHING_KNOWN,
      ...before?.details,
      ...row,
      schoolCode: row.campusCode.slice(0, 5),
      provinceCode: row.campusCode.slice(0, 2),
    },
  };
}
