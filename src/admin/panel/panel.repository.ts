import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Enrolment, HOLDS_A_SEAT } from '../../modules/registration/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';

/** Gatherings that only the back office asks for. */
@Injectable()
export class PanelRepository {
  /** What these registrations hold, unpaid and paid, by registration; one statement. */
  async liveEnrolments(
    reader: Reader,
    registrationIds: readonly string[],
  ): Promise<ReadonlyMap<string, Enrolment[]>> {
    if (registrationIds.length === 0) return new Map();
    const enrolments = await reader.manager.find(Enrolment, {
      where: { registrationId: In([...registrationIds]), state: In([...HOLDS_A_SEAT]) },
      order: { kind: 'DESC', level: 'ASC' },
    });
    const held = new Map<string, Enrolment[]>(registrationIds.map((id) => [id, []]));
    for (const enrolment of enrolments) held.get(enrolment.registrationId)?.push(enrolment);
    return held;
  }
}
