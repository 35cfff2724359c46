import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { normaliseDocumentNumber } from '../../kernel/document-number.js';
import { newId } from '../../kernel/ids.js';
import { inPieces } from '../../kernel/in-pieces.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { ReportForm, SubjectCode } from '../../kernel/words.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { type StudentRecord, StudentRecordRepository } from '../qualification/index.js';
import { SchoolRepository, SittingRepository } from '../sitting/index.js';
import type { CollectiveRegistration } from './collective-registration.entity.js';
import { CollectiveRegistrationRepository } from './collective-registration.repository.js';
import {
  NOT_ON_THE_ROSTER,
  NUMBER_MEANS_SEVERAL,
  ON_THE_LIST_TWICE,
  theListHasAUsefulLength,
} from './collective-registration.rules.js';
import type { CollectiveRegistrationLine } from './collective-registration-line.entity.js';
import { listedNumbers } from './listed-numbers.js';

export interface StartCollectiveRegistrationCommand extends Shown {
  /** A document number or a student number on each line; more cells beside it do no harm. */
  numbers: string;
  subjectCode: SubjectCode;
  /** Where the exam is taken; without one, each student's own campus. */
  campusCode?: string;
  reportForm?: ReportForm;
  /** Lock the enrolments at once, for collective payment. */
  locks: boolean;
}

/** Who a number means: a student, or why nobody. */
type Meant = { record: StudentRecord } | { reason: string };

/** By number, normalised as a document's is and as a student number is. */
interface WhoIsMeant {
  readonly byDocument: ReadonlyMap<string, Meant>;
  readonly byStudentNumber: ReadonlyMap<string, Meant>;
}

const AT_ONCE = 500;

/**
 * A school hands in a list of its students to be enrolled in one subject (R-PP-7). The list is kept and then looked at,
 * line by line, by a job; nobody is enrolled before the school has read the outcome and said so.
 */
@Injectable()
export class StartCollectiveRegistration {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly records: StudentRecordRepository,
    private readonly lists: CollectiveRegistrationRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /**
   * @throws NOT_YOUR_ROLE, COLLECTIVE_LIST_EMPTY, COLLECTIVE_LIST_TOO_LONG, NO_CURRENT_SITTING, NOT_FOUND for a campus
   * that is not there
   */
  async execute(
    command: StartCollectiveRegistrationCommand,
    actor: StaffActor,
  ): Promise<CollectiveRegistration> {
    onlyStaffOf(actor, 'SCHOOL');
    const entries = listedNumbers(command.numbers);
    theListHasAUsefulLength(entries);
    return this.unitOfWork.run(async (tx) => {
      await command.asShown?.(tx);
      const sitting = await this.sittings.current(tx);
      const { campusCode } = command;
      if (campusCode && !(await this.schools.campus(tx, campusCode))) throw NOT_FOUND();
      const list: CollectiveRegistration = {
        id: newId(),
        sittingId: sitting.id,
        provinceCode: actor.provinceCode ?? actor.schoolCode!.slice(0, 2),
        schoolCode: actor.schoolCode!,
        subjectCode: command.subjectCode,
        campusCode: campusCode ?? null,
        reportForm: command.reportForm ?? null,
        locks: command.locks,
        state: 'CHECKING',
        lineCount: entries.length,
        staffId: actor.staffId,
        createdAt: tx.now,
        endedAt: null,
      };
      await this.lists.add(tx, list, await this.linesOf(tx, list, entries));
      const { subjectCode, lineCount, locks } = list;
      await this.auditTrail.record(tx, actor, {
        action: 'collective-registration.start',
        rowId: list.id,
        provinceCode: list.provinceCode,
        schoolCode: list.schoolCode,
        after: { subjectCode, campusCode, lineCount, locks },
      });
      tx.wake('collective-registration.work-off');
      return list;
    });
  }

  private async linesOf(
    tx: Tx,
    list: CollectiveRegistration,
    entries: readonly string[],
  ): Promise<CollectiveRegistrationLine[]> {
    const meant = await this.whomTheyMean(tx, list, entries);
    const seen = new Set<string>();
    return entries.map((entry, i) => {
      const document = normaliseDocumentNumber(entry);
      const found = meant.byDocument.get(document) ??
        anyOf(meant.byStudentNumber, spellings(entry)) ?? { reason: NOT_ON_THE_ROSTER.definition.code };
      const record = 'record' in found ? found.record : undefined;
      const again = record !== undefined && seen.has(record.id);
      if (record) seen.add(record.id);
      const reason = again ? ON_THE_LIST_TWICE.definition.code : 'reason' in found ? found.reason : null;
      return {
        id: newId(),
        collectiveRegistrationId: list.id,
        position: i + 1,
        provinceCode: list.provinceCode,
        schoolCode: list.schoolCode,
        entry: document,
        recordId: record?.id ?? null,
        name: record?.details.name ?? null,
        state: reason ? 'REFUSED' : 'WAITING',
        reason,
        failures: 0,
        venueId: null,
        enrolmentId: null,
        doneAt: reason ? tx.now : null,
      };
    });
  }

  /** By the roster of the school: first as document numbers, then as student numbers. */
  private async whomTheyMean(
    tx: Tx,
    { sittingId, schoolCode }: CollectiveRegistration,
    entries: readonly string[],
  ): Promise<WhoIsMeant> {
    const meant = { byDocument: new Map<string, Meant>(), byStudentNumber: new Map<string, Meant>() };
    const ofSchool = (records: readonly StudentRecord[]) =>
      records.filter(({ details }) => details.schoolCode === schoolCode);
    for (const some of inPieces(entries, AT_ONCE)) {
      const documents = some.map(normaliseDocumentNumber);
      const byDocument = await this.records.byDocumentNumbers(tx, sittingId, documents);
      note(meant.byDocument, ofSchool(byDocument), 'documentNumber');
      const left = some.filter((_, i) => !meant.byDocument.has(documents[i]!));
      const byStudentNumber = await this.records.byStudentNumbers(tx, sittingId, left.flatMap(spellings));
      note(meant.byStudentNumber, ofSchool(byStudentNumber), 'studentNumber');
    }
    return meant;
  }
}

/** Student numbers are kept as the school writes them; a list may have them in other letter case. */
function spellings(entry: string): string[] {
  return [entry, entry.toUpperCase(), entry.toLowerCase()];
}

function anyOf(meant: ReadonlyMap<string, Meant>, numbers: readonly string[]): Meant | undefined {
  const known = numbers.find((number) => meant.has(number));
  return known === undefined ? undefined : meant.get(known);
}

function note(
  meant: Map<string, Meant>,
  records: readonly StudentRecord[],
  by: 'documentNumber' | 'studentNumber',
): void {
  for (const record of records) {
    const number = record.details[by]!;
    meant.set(number, meant.has(number) ? { reason: NUMBER_MEANS_SEVERAL.definition.code } : { record });
  }
}
