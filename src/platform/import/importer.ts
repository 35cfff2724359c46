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
   * @param options `held`: the rows that lines are about are locked while the file is read; others then wait for its end
   * @throws IMPORT_FILE_MISSING, IMPORT_FILE_CHANGED, IMPORT_FILE_EMPTY, and what `fileLines` throws
   */
  async run<C extends Columns, Stored extends object>(
    command: ImportCommand,
    begin: BeginIntake<C, Stored>,
    { held = false }: { held?: boolean } = {},
  ): Promise<ImportResult> {
    await access(command.file, constants.R_OK).catch(() => {
      throw IMPORT_FILE_MISSING();
    });
    const sha256 = await theFileIsTheOneChecked(command);
    const read = async (reader: Reader) => {
      const intake = await begin(reader);
      return { intake, result: await new FileIntake({ ...command, sha256 }, intake).run(reader) };
    };
    if (command.dryRun) return (await read(this.unitOfWork.read())).result;
    const toStore = async (tx: Tx) => {
      const taken = await read(tx);
      if (!taken.result.stored) throw new NothingStored(taken.result);
      return taken;
    };
    const finish = async (tx: Tx, { intake, result }: Awaited<ReturnType<typeof toStore>>) =>
      intake.taken?.(tx, result);
    try {
      return await this.unlessSomebodyWasFaster(async () => {
        const { result } = await (held
          ? this.unitOfWork.run(async (tx) => {
              const taken = await toStore(tx);
              await finish(tx, taken);
              return taken;
            })
          : this.unitOfWork.runInBulk(toStore, finish));
        return result;
      });
    } catch (error) {
      if (error instanceof NothingStored) return error.result;
      throw error;
    }
  }

  /** Somebody may store the same new row at this very moment; read again, the file meets it like any other. */
  private async unlessSomebodyWasFaster<T>(store: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await store();
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
