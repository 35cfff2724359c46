import { Injectable } from '@nestjs/common';
import { isPossibleDocumentNumber } from '../../kernel/document-number.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { label, wholeNumber } from '../../platform/import/cells.js';
import { optionalColumn, requiredColumn } from '../../platform/import/column.js';
import { checkDigitWrong } from '../../platform/import/fault.js';
import { Importer } from '../../platform/import/importer.js';
import type { ImportCommand, ImportResult, Intake } from '../../platform/import/intake.js';
import { documentNumberCell, documentTypeCell, personNameCell } from '../../platform/import/word-cells.js';
import { AuditTrail } from '../audit/index.js';
import { centralStaffOnly, type ImportActor } from '../sitting/index.js';
import type { Cet4Result } from './cet4-result.entity.js';
import { Cet4ResultRepository } from './cet4-result.repository.js';

/** 准考证号 of a written CET4: campus 6, year 2, half 1, subject 1, room 3, seat 2. */
const ticketNumber = label({
  pattern: /^\d{8}[12]1\d{5}$/,
  zh: ' 15 位英语四级准考证号（第 9 位为 1 或 2，第 10 位为 1）',
  en: 'the 15 digits of a CET4 ticket (the 9th is 1 or 2, the 10th is 1)',
});

export const CET4_RESULT_COLUMNS = {
  ticketNumber: requiredColumn('准考证号', 'ticket_number', ticketNumber),
  documentType: optionalColumn('证件类型', 'document_type', documentTypeCell),
  documentNumber: requiredColumn('证件号码', 'document_number', documentNumberCell),
  name: requiredColumn('姓名', 'name', personNameCell),
  score: requiredColumn('成绩', 'score', wholeNumber(0, 710)),
};

/** Takes in results of written CET4, which open CET6 (R-QU-3) and answer reviews (R-CR-3). Central staff's. */
@Injectable()
export class ImportCet4Results {
  constructor(
    private readonly importer: Importer,
    private readonly results: Cet4ResultRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, and what `Importer` throws */
  execute(command: ImportCommand, actor: ImportActor): Promise<ImportResult> {
    centralStaffOnly(actor);
    return this.importer.run(command, async (reader) => this.intake(reader, actor));
  }

  private intake(reader: Reader, actor: ImportActor): Intake<typeof CET4_RESULT_COLUMNS, Cet4Result> {
    return {
      columns: CET4_RESULT_COLUMNS,
      keyColumn: 'ticketNumber',
      keyOf: (row) => row.ticketNumber,
      stored: async (rows) => {
        const results = await this.results.byTicketNumbers(
          reader,
          rows.map((row) => row.ticketNumber),
        );
        return new Map(results.map((result) => [result.ticketNumber, result]));
      },
      check: ({ documentType, documentNumber }, _before, refuse) => {
        if (documentType && !isPossibleDocumentNumber({ documentType, documentNumber }))
          refuse('documentNumber', checkDigitWrong);
      },
      merge: (row, before) => ({ documentType: null, ...before, ...row }),
      save: async (tx, changes) => {
        await this.results.save(
          tx,
          changes.map(({ after }) => after),
        );
        await this.auditTrail.recordRows(tx, actor, { edited: 'cet4-result.edit', changes }, (result) => {
          return { rowId: result.ticketNumber, facts: { ...result } };
        });
      },
      taken: (tx, result) =>
        this.auditTrail.recordImport(
          tx,
          actor,
          { action: 'cet4-result.import', rowId: 'cet4-result' },
          result,
        ),
    };
  }
}
