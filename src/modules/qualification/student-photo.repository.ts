import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { insertOrUpdate } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { StudentPhoto } from './student-photo.entity.js';

/** MariaDB takes 16 MB a statement, and a photo of 200 kB is twice as long in it. */
const PHOTOS_A_STATEMENT = 20;

@Injectable()
export class StudentPhotoRepository {
  of(reader: Reader, recordId: string): Promise<StudentPhoto | null> {
    return reader.manager.findOneBy(StudentPhoto, { recordId });
  }

  /** Which photos are there, by record; the pictures stay where they are. */
  async fingerprints(reader: Reader, recordIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const photos = await reader.manager.find(StudentPhoto, {
      select: { recordId: true, sha256: true },
      where: { recordId: In([...recordIds]) },
    });
    return new Map(photos.map(({ recordId, sha256 }) => [recordId, sha256]));
  }

  /** Adds photos, or replaces those of the same record. */
  async save(tx: Tx, photos: readonly StudentPhoto[]): Promise<void> {
    for (let from = 0; from < photos.length; from += PHOTOS_A_STATEMENT) {
      const some = photos.slice(from, from + PHOTOS_A_STATEMENT);
      await insertOrUpdate(tx.manager, StudentPhoto, some, { key: ['recordId'] });
    }
  }

  async delete(tx: Tx, recordId: string): Promise<void> {
    await tx.manager.delete(StudentPhoto, { recordId });
  }
}
