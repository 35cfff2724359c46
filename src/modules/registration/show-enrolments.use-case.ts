import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SchoolRepository } from '../sitting/index.js';
import { EnrolmentShown } from './enrolment.dto.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import type { Registration } from './registration.entity.js';

/** Enrolments just made or changed, as the candidate sees them. */
@Injectable()
export class ShowEnrolments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly enrolments: EnrolmentRepository,
    private readonly schools: SchoolRepository,
  ) {}

  async execute(registration: Registration, ids: readonly string[]): Promise<EnrolmentShown[]> {
    const reader = this.unitOfWork.read();
    const { sittingId, details } = registration;
    const rows = await this.enrolments.withPlaces(reader, { ids });
    const setting = rows.some(({ kind }) => kind === 'ORAL')
      ? await this.schools.provinceSetting(reader, sittingId, details.provinceCode)
      : null;
    return rows.map((row) => EnrolmentShown.of(row, setting?.oralTicketAvailableAt ?? null));
  }
}
