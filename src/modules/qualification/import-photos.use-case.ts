import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { normaliseDocumentNumber, normaliseStudentNumber } from '../../kernel/document-number.js';
import type { Bilingual } from '../../kernel/domain-error.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Fault } from '../../platform/import/fault.js';
import { theFileIsTheOneChecked } from '../../platform/import/file-fingerprint.js';
import { type ImageSize, pictureIn } from '../../platform/import/jpeg.js';
import { bytesOf, openZip, type ZippedFile } from '../../platform/import/zip-file.js';
import { type AuditedChange, AuditTrail } from '../audit/index.js';
import { SittingRepository } from '../sitting/index.js';
import { placeOf } from './place-of-staff.js';
import { StudentPhotoRepository } from './student-photo.repository.js';
import {
  isLeftByTheSystem,
  isTooLarge,
  photoFaults,
  whatIsWrongWith,
  whoseNumber,
} from './student-photo.rules.js';
import type { StudentRecord } from './student-record.entity.js';
import { StudentRecordRepository } from './student-record.repository.js';

export interface ImportPhotosCommand {
  /** A zip of pictures named by document or student number. */
  file: string;
  /** Of the file as it was checked before, so that what is taken in is what people saw. */
  sha256?: string;
  /** Say what would happen, store nothing. */
  dryRun?: boolean;
  /** Store the good ones although others have faults. */
  takeGoodFiles?: boolean;
}

/** `files` = added + replaced + unchanged + rejected. */
export interface ImportedPhotos {
  /** Of the zip, in hex. */
  sha256: string;
  files: number;
  added: number;
  replaced: number;
  unchanged: number;
  rejected: number;
  /** The first of them; `rejected` counts all. */
  faults: { file: string; code: string; message: Bilingual }[];
  stored: boolean;
}

const LIMITS = { files: 30_000, bytes: 2_000_000_000 };
const BATCH = 100;
const FAULTS_KEPT = 1000;

/** A file of the zip and the student it is of. */
interface NamedPhoto {
  file: ZippedFile;
  recordId: string;
}

/** One that will do and is not there yet. */
interface NewPhoto extends NamedPhoto, ImageSize {
  sha256: string;
}

/**
 * Takes in photos of students, a zip at a time. Every file is looked at before the first is stored. They are stored a
 * hundred to a transaction: a killed import leaves whole photos, and the same zip again adds the rest.
 */
@Injectable()
export class ImportPhotos {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly records: StudentRecordRepository,
    private readonly photos: StudentPhotoRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /**
   * For students of the current sitting who are in the actor's scope; the others are not there (R-AD-1).
   * @throws NOT_YOUR_ROLE, NO_CURRENT_SITTING, IMPORT_FILE_CHANGED, ZIP_BROKEN, ZIP_TOO_LARGE
   */
  async execute(command: ImportPhotosCommand, actor: StaffActor): Promise<ImportedPhotos> {
    onlyStaffOf(actor, 'SCHOOL');
    const sha256 = await theFileIsTheOneChecked(command);
    const { id: sittingId } = await this.sittings.current(this.unitOfWork.read());
    const zip = await openZip(command.file, LIMITS);
    try {
      const files = zip.files.filter(({ name }) => !isLeftByTheSystem(name));
      const tally = new Tally(files.length);
      const found: NewPhoto[] = [];
      for (const batch of inBatches(await this.named(files, sittingId, actor, tally))) {
        found.push(...(await this.look(batch, tally)));
      }
      const stored = !command.dryRun && (tally.rejected === 0 || command.takeGoodFiles === true);
      if (stored) for (const batch of inBatches(found)) await this.store(batch, { sittingId, sha256 }, actor);
      return { sha256, ...tally.result(stored) };
    } finally {
      zip.close();
    }
  }

  /** Whose the files are, by their names. */
  private async named(
    files: readonly ZippedFile[],
    sittingId: string,
    actor: StaffActor,
    tally: Tally,
  ): Promise<NamedPhoto[]> {
    const named: NamedPhoto[] = [];
    const seen = new Set<string>();
    for (const batch of inBatches(files)) {
      const students = await this.students(batch, sittingId, actor);
      for (const file of batch) {
        const number = whoseNumber(file.name);
        const [student, other] = number === undefined ? [] : (students.get(number) ?? []);
        if (number === undefined) tally.refuse(file, photoFaults.notNamed);
        else if (!student) tally.refuse(file, photoFaults.noStudent);
        else if (other) tally.refuse(file, photoFaults.severalStudents);
        else if (seen.has(student.id)) tally.refuse(file, photoFaults.repeated);
        else {
          named.push({ file, recordId: student.id });
          seen.add(student.id);
        }
      }
    }
    return named;
  }

  /** The students whom file names may mean: who has the document number, else who has the student number. */
  private async students(
    files: readonly ZippedFile[],
    sittingId: string,
    actor: StaffActor,
  ): Promise<ReadonlyMap<string, StudentRecord[]>> {
    const reader = this.unitOfWork.read();
    const numbers = [...new Set(files.flatMap(({ name }) => whoseNumber(name) ?? []))];
    const documents = numbers.map(normaliseDocumentNumber);
    const records = [
      ...(await this.records.byDocumentNumbers(reader, sittingId, documents)),
      ...(await this.records.byStudentNumbers(reader, sittingId, numbers.map(normaliseStudentNumber))),
    ].filter(({ details }) => covers(scopeOf(actor), details));
    return new Map(
      numbers.map((number) => {
        const [document, student] = [normaliseDocumentNumber(number), normaliseStudentNumber(number)];
        const byDocument = unique(records.filter(({ details }) => details.documentNumber === document));
        const byStudent = unique(records.filter(({ details }) => details.studentNumber === student));
        return [number, byDocument.length > 0 ? byDocument : byStudent];
      }),
    );
  }

  /** Reads each picture and keeps what is worth storing, without the picture. */
  private async look(batch: readonly NamedPhoto[], tally: Tally): Promise<NewPhoto[]> {
    const stored = await this.photos.fingerprints(
      this.unitOfWork.read(),
      batch.map(({ recordId }) => recordId),
    );
    const found: NewPhoto[] = [];
    for (const photo of batch) {
      const { file, recordId } = photo;
      if (isTooLarge(file.bytes)) {
        tally.refuse(file, photoFaults.tooLarge);
        continue;
      }
      const picture = pictureIn(await bytesOf(file));
      const fault = whatIsWrongWith(picture);
      if (fault || !picture) {
        tally.refuse(file, fault ?? photoFaults.noJpeg);
        continue;
      }
      const { jpeg, width, height } = picture;
      const sha256 = createHash('sha256').update(jpeg).digest('hex');
      if (tally.accept(stored.get(recordId), sha256)) found.push({ ...photo, width, height, sha256 });
    }
    return found;
  }

  private async store(
    batch: readonly NewPhoto[],
    { sittingId, sha256 }: { sittingId: string; sha256: string },
    actor: StaffActor,
  ): Promise<void> {
    const pictures = new Map<string, Buffer>();
    for (const { file, recordId } of batch) pictures.set(recordId, pictureIn(await bytesOf(file))!.jpeg);
    await this.unitOfWork.run(async (tx) => {
      const records = await this.records.byIds(tx, [...pictures.keys()]);
      // whoever was taken off the roster since the files were looked at needs no photo
      const still = new Set(
        records.filter(({ details }) => covers(scopeOf(actor), details)).map(({ id }) => id),
      );
      const photos = batch
        .filter(({ recordId }) => still.has(recordId))
        .map(({ recordId, sha256, width, height }) => {
          return { recordId, sha256, width, height, jpeg: pictures.get(recordId)!, takenInAt: tx.now };
        });
      const replaced = await this.photos.fingerprints(tx, [...still]);
      await this.photos.save(tx, photos);
      await this.auditTrail.recordAll(tx, actor, changesOf(photos, replaced, records));
      await this.auditTrail.record(tx, actor, {
        action: 'student-photo.import',
        rowId: sittingId,
        ...placeOf(actor),
        after: { photos: photos.length, sha256 },
      });
    });
  }
}

/** Each photo leaves a line of its own, with its fingerprint and that of the one whose place it takes. */
function changesOf(
  photos: readonly Pick<NewPhoto, 'recordId' | 'sha256'>[],
  replaced: ReadonlyMap<string, string>,
  records: readonly StudentRecord[],
): AuditedChange[] {
  const details = new Map(records.map((record) => [record.id, record.details]));
  return photos.map(({ recordId, sha256 }) => {
    const before = replaced.get(recordId);
    const first = before === undefined;
    const { provinceCode, schoolCode } = details.get(recordId)!;
    return {
      action: first ? 'student-photo.add' : 'student-photo.replace',
      rowId: recordId,
      provinceCode,
      schoolCode,
      before: first ? null : { sha256: before },
      after: { sha256 },
    };
  });
}

/** What became of the files. */
class Tally {
  private readonly faults: ImportedPhotos['faults'] = [];
  private readonly counts = { added: 0, replaced: 0, unchanged: 0 };
  rejected = 0;

  constructor(private readonly files: number) {}

  refuse({ name }: ZippedFile, { code, message }: Fault): void {
    this.rejected++;
    if (this.faults.length < FAULTS_KEPT) this.faults.push({ file: name, code, message });
  }

  /** Is it to be stored? */
  accept(before: string | undefined, sha256: string): boolean {
    const what = before === undefined ? 'added' : before === sha256 ? 'unchanged' : 'replaced';
    this.counts[what]++;
    return what !== 'unchanged';
  }

  result(stored: boolean): Omit<ImportedPhotos, 'sha256'> {
    return { files: this.files, ...this.counts, rejected: this.rejected, faults: this.faults, stored };
  }
}

function unique(records: readonly StudentRecord[]): StudentRecord[] {
  return [...new Map(records.map((record) => [record.id, record])).values()];
}

function* inBatches<T>(things: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < things.length; from += BATCH) yield things.slice(from, from + BATCH);
}
