import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import type { StudentPhoto } from './student-photo.entity.js';
import { StudentPhotoRepository } from './student-photo.repository.js';
import { StudentRecordRepository } from './student-record.repository.js';

/** The photo of a student of one's scope (R-AD-1). */
@Injectable()
export class ShowStudentPhoto {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: StudentRecordRepository,
    private readonly photos: StudentPhotoRepository,
  ) {}

  /** Null when the school has given none. @throws NOT_FOUND */
  async execute({ recordId }: { recordId: string }, actor: StaffActor): Promise<StudentPhoto | null> {
    const reader = this.unitOfWork.read();
    const record = await this.records.byId(reader, recordId);
    if (!record || !covers(scopeOf(actor), record.details)) throw NOT_FOUND();
    return this.photos.of(reader, recordId);
  }
}
