import { access, constants } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../database/dialect.js';
import { type Reader, type Tx, UnitOfWork } from '../database/unit-of-work.js';
import type { Columns } from './column.js';
import { theFileIsTheOneChecked } from './file-fingerprint.js';
import { FileIntake } from './file-intake.js';
import type { BeginIntake, ImportCommand, ImportResult } from './intake.js';
import { IMPORT_FILE_MISSING } from './refusals.js';

/**
 * Takes a file, CSV or XLSX, in as one transaction: all of it or, unless the good lines alone are asked for, nothing. A killed
 * import leaves nothing behind, and the same file a second time changes nothing (R-AD-3). Memory does not grow with the
 * file but for the keys of its lines.
 */
@Injectable()
export class Importer {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * @throws IMPORT_FILE_MISSING, IMPORT_FILE_CHANGED, IMPORT_FILE_EMPTY, and what `fileLines` throws
   */
  async run<C extends Columns, Stored extends object>(
    command: ImportCommand,
    begin: BeginIntake<C, Stored>,
  ): Promise<ImportResult> {
    await access(command.file, constants.R_OK).catch(() => {
      throw IMPORT_FILE_MISSING();
    });
    const sha256 = await theFileIsTheOneChecked(command);
    const takeIn = async (reader: Reader) =>
      new FileIntake({ ...command, sha256 }, await begin(reader)).run(reader);
    if (command.dryRun) return takeIn(this.unitOfWork.read());
    try {
      return await this.store(takeIn);
    } catch (error) {
      if (error instanceof NothingStored) return error.result;
      throw error;
    }
  }

  /** Somebody may store the same new row at this very moment; read again, the file meets it like any other. */
  private async store(takeIn: (tx: Tx) => Promise<ImportResult>): Promise<ImportResult> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.unitOfWork.run(async (tx) => {
          const result = await takeIn(tx);
          if (!result.stored) throw new NothingStored(result);
          return result;
        });
      } catch (error) {
        if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }
}

const ATTEMPTS = 3;

/** Rolls the transaction back and carries the result out of it. */
class NothingStored extends Error {
  constructor(readonly result: ImportResult) {
    super('The import was refused');
  }
}
