import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { type Reader, type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Fault } from '../../platform/import/fault.js';
import { fingerprintOf } from '../../platform/import/file-fingerprint.js';
import { Importer } from '../../platform/import/importer.js';
import type { Change, ImportCommand, ImportResult, Intake } from '../../platform/import/intake.js';
import { AuditTrail } from '../audit/index.js';
import { checkCampus, type ImportActor, SchoolRepository, SittingRepository } from '../sitting/index.js';
import { checkDocument, documentKey } from './document.columns.js';
import { CLASHES, LookUpLimits } from './look-up-limits.js';
import { placeOf } from './place-of-staff.js';
import { ROSTER_COLUMNS, type RosterRow } from './roster.columns.js';
import type { StudentRecord } from './student-record.entity.js';
import { StudentRecordRepository } from './student-record.repository.js';
import { DOCUMENT_ON_ROSTER, TOO_MANY_CLASHES } from './student-record.rules.js';

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
    private readonly auditTrail: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: LookUpLimits,
  ) {}

  /**
   * @param command `sitting`: its number; without one, the current sitting
   * @throws NOT_YOUR_ROLE, SITTING_NOT_FOUND, NO_CURRENT_SITTING, TOO_MANY_ATTEMPTS, TOO_MANY_CLASHES, and what `Importer` throws
   */
  async execute(command: RosterCommand, actor: ImportActor): Promise<ImportResult> {
    if (actor.type === 'STAFF') onlyStaffOf(actor, 'SCHOOL');
    if (actor.type !== 'STAFF') return this.takeIn(command, actor, new Clashes());
    await this.limits.mayBeToldOfClashes(actor);
    const clashes = new Clashes();
    let result: ImportResult | undefined;
    try {
      result = await this.takeIn(command, actor, clashes);
      return result;
    } finally {
      await this.limits.noteClashes(actor, clashes.count);
      if (result ? !result.stored : clashes.count > 0) await this.leaveTrace(command, actor, clashes, result);
    }
  }

  private takeIn(command: RosterCommand, actor: ImportActor, clashes: Clashes): Promise<ImportResult> {
    return this.importer.run(command, (reader) => this.intake(reader, command.sitting, actor, clashes));
  }

  /** What was only looked at: whoever asks about students is seen to ask (R-AD-2). */
  private async leaveTrace(
    { file, sitting }: RosterCommand,
    actor: ImportActor,
    { count }: Clashes,
    result: ImportResult | undefined,
  ): Promise<void> {
    const { lines, inserted, updated, unchanged, rejected } = result ?? {};
    const sha256 = await fingerprintOf(file);
    await this.unitOfWork.run(async (tx) => {
      const { id: rowId } = await this.sittings.numbered(tx, sitting);
      const after = { sha256, clashes: count, lines, inserted, updated, unchanged, rejected };
      const line = { action: 'student-record.check', rowId, ...placeOf(actor), after };
      await this.auditTrail.record(tx, actor, line);
    });
  }

  private async intake(
    reader: Reader,
    sittingNumber: number | undefined,
    actor: ImportActor,
    clashes: Clashes,
  ): Promise<Intake<typeof ROSTER_COLUMNS, StudentRecord>> {
    clashes.count = 0;
    const { id: sittingId } = await this.sittings.numbered(reader, sittingNumber);
    const places = await this.schools.places(reader);
    return {
      columns: ROSTER_COLUMNS,
      besides: ['照片', '考次', '学校', '校区', '报名'],
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
        const campus = checkCampus(places, actor, row, refuse);
        checkDocument(row, refuse);
        if (!before || !campus || !isTheirs(actor, campus) || isTheirs(actor, before.details)) return;
        clashes.note();
        refuse('documentNumber', Fault.of(DOCUMENT_ON_ROSTER()));
      },
      merge: (row, before) => merged(row, before, sittingId),
      save: (tx, changes) => this.save(tx, changes, actor),
      taken: (tx, result) =>
        this.auditTrail.recordImport(
          tx,
          actor,
          { action: 'student-record.import', rowId: sittingId, ...placeOf(actor) },
          result,
        ),
    };
  }

  private async save(tx: Tx, changes: readonly Change<StudentRecord>[], actor: ImportActor): Promise<void> {
    const [added, known] = [changes.filter(({ before }) => !before), changes.filter(({ before }) => before)];
    const after = (some: typeof changes) => some.map((change) => change.after);
    await this.records.add(tx, after(added));
    await this.records.save(tx, after(known));
    await this.auditTrail.recordRows(
      tx,
      actor,
      { edited: 'student-record.edit', changes: known },
      ({ id, details, phone }) => {
        const { provinceCode, schoolCode } = details;
        return { rowId: id, provinceCode, schoolCode, facts: { ...details, phone } };
      },
    );
  }
}

type RosterCommand = ImportCommand & { sitting?: number };

/** Lines that name a student of somebody else's. */
class Clashes {
  count = 0;

  /** @throws TOO_MANY_CLASHES */
  note(): void {
    if (++this.count > CLASHES.points) throw TOO_MANY_CLASHES({ values: { most: CLASHES.points } });
  }
}

/** The command line may take in everybody's. */
function isTheirs(actor: ImportActor, row: { provinceCode: string; schoolCode: string }): boolean {
  return actor.type !== 'STAFF' || covers(scopeOf(actor), row);
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

function merged(
  { phone, ...row }: RosterRow,
  before: StudentRecord | undefined,
  sittingId: string,
): StudentRecord {
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
    phone: phone === undefined ? (before?.phone ?? null) : phone,
  };
}
