import { existsSync } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, readdir, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, HOURS, later } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { Config } from '../../platform/config.js';
import { TRY_AGAIN } from '../../platform/http/refusals.js';
import { IMPORT_UNDER_WAY } from '../../platform/import/refusals.js';
import {
  type FileLimits,
  theFileIsNotTooLarge,
  theFileIsOfTheRightKind,
  thereIsAFile,
  type UploadedFile,
} from './uploaded-file.js';

/** A file on its way in: its bytes, what people call it, how long it says it is, and whose it is. */
export interface Upload {
  readonly body: Readable;
  readonly name: string;
  readonly declaredBytes?: number;
  readonly staffId: string;
}

/** Files that this process reads at the same time, whosever they are. */
const MOST_AT_ONCE = 8;
/** Longer than any file is worked on. */
const LEFT_BEHIND_MS = 2 * HOURS;
/** Where Linux shows a process the files it has open, also those that have no name any more. */
const OPEN_FILES = '/proc/self/fd';

/**
 * Where files stay while they are worked on. On Linux they lose their name as soon as they are open, so that nothing
 * is left of them when the process ends, however it ends. Elsewhere they have one until the work is done, and what a
 * killed process left is swept up at a later start.
 */
@Injectable()
export class Uploads implements OnModuleInit {
  /** A sender who is silent for so long has gone away. */
  protected readonly mostSilentMs: number = 30_000;
  private readonly folder: string;
  /** Whose file this process is reading: one at a time each, so that nobody fills disk or memory. */
  private readonly reading = new Set<string>();

  constructor(
    config: Config,
    private readonly clock: Clock,
  ) {
    this.folder = join(config.dataDir, 'uploads');
  }

  /** Sweeps up what killed processes left. */
  async onModuleInit(): Promise<void> {
    const before = later(this.clock.now(), -LEFT_BEHIND_MS);
    for (const name of (await readdir(this.folder).catch(ifThere)) ?? []) {
      const path = join(this.folder, name);
      // another process may be sweeping too
      const left = await stat(path).catch(ifThere);
      if (left && left.mtime < before) await rm(path, { force: true });
    }
  }

  /**
   * Keeps the file while `work` reads it by its path; nothing of it stays afterwards, whatever happens. What can be
   * refused is refused before a byte is read.
   *
   * @throws FILE_OF_ANOTHER_KIND, FILE_TOO_LARGE, FILE_EMPTY, IMPORT_UNDER_WAY, TRY_AGAIN
   */
  async receive<T>(upload: Upload, limits: FileLimits, work: (file: UploadedFile) => Promise<T>): Promise<T> {
    const { staffId, name, declaredBytes = 0 } = upload;
    theFileIsOfTheRightKind(name, limits);
    theFileIsNotTooLarge(declaredBytes, limits);
    if (this.reading.has(staffId)) throw IMPORT_UNDER_WAY();
    if (this.reading.size >= MOST_AT_ONCE) throw TRY_AGAIN({ retryAfterSeconds: 10 });
    this.reading.add(staffId);
    try {
      return await this.kept(upload, limits, work);
    } finally {
      this.reading.delete(staffId);
    }
  }

  private async kept<T>(
    { body, name }: Upload,
    limits: FileLimits,
    work: (file: UploadedFile) => Promise<T>,
  ): Promise<T> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await chmod(this.folder, 0o700);
    // a stranger's name is no path of ours
    const named = join(this.folder, newId());
    const file = await open(named, 'wx', 0o600);
    try {
      const nameless = existsSync(OPEN_FILES);
      if (nameless) await unlink(named);
      const bytes = await this.written(body, file, limits);
      thereIsAFile(bytes);
      return await work({ path: nameless ? `${OPEN_FILES}/${file.fd}` : named, name, bytes });
    } finally {
      await file.close();
      await rm(named, { force: true });
    }
  }

  /** Reading stops at the limit; the connection stays, for the answer. */
  private async written(body: Readable, file: FileHandle, limits: FileLimits): Promise<number> {
    let bytes = 0;
    const silence = setTimeout(() => body.destroy(goneAway()), this.mostSilentMs);
    try {
      for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        silence.refresh();
        bytes += chunk.length;
        theFileIsNotTooLarge(bytes, limits);
        await file.write(chunk);
      }
    } finally {
      clearTimeout(silence);
    }
    return bytes;
  }
}

function goneAway(): Error {
  return Object.assign(new Error('The sender has gone away.'), { code: 'ETIMEDOUT' });
}

/** Nothing where a file or folder is not there (any more); every other fault is one. */
function ifThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
