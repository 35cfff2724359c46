import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import { assertMove } from '../../kernel/state-machine.js';
import { updateCounting } from '../../platform/database/dialect.js';
import { placeholders } from '../../platform/database/select-entities.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { Campus, School } from '../sitting/index.js';
import { Registration } from './registration.entity.js';
import type { RegistrationState } from './registration.machine.js';
import { WaitlistEntry } from './waitlist-entry.entity.js';
import { WAITLIST_ENTRY_STATES, type WaitlistEntryState } from './waitlist-entry.machine.js';

/** An entry with the names people read and, while it waits, how many stand before it. */
export interface WaitlistEntryWithPlaces extends WaitlistEntry {
  campus: Campus;
  school: School;
  ahead: number;
}

/** An entry as far as the proof of seats looks at it. */
export interface WaitlistEntryOfVenue extends Pick<WaitlistEntry, 'id' | 'state' | 'remark' | 'enrolmentId'> {
  registrationState: RegistrationState;
}

@Injectable()
export class WaitlistEntryRepository {
  /** A candidate's own entry by the id they sent. @throws NOT_FOUND if it is not there, or not theirs */
  async ofRegistration(reader: Reader, registrationId: string, id: string): Promise<WaitlistEntry> {
    const entry = await reader.manager.findOneBy(WaitlistEntry, { id, registrationId });
    if (!entry) throw NOT_FOUND();
    return entry;
  }

  /** What these registrations wait for. */
  async waitingOf(reader: Reader, ...registrationIds: readonly string[]): Promise<WaitlistEntry[]> {
    if (registrationIds.length === 0) return [];
    return reader.manager.find(WaitlistEntry, {
      where: { registrationId: In([...registrationIds]), state: 'WAITING' },
      order: { venueId: 'ASC', id: 'ASC' },
    });
  }

  /** All of a registration, newest first, with names and places in the queue; one statement. */
  async withPlaces(reader: Reader, registrationId: string): Promise<WaitlistEntryWithPlaces[]> {
    const query = reader.manager
      .createQueryBuilder(WaitlistEntry, 'entry')
      .innerJoinAndMapOne('entry.campus', Campus, 'campus', 'campus.code = entry.campusCode')
      .innerJoinAndMapOne('entry.school', School, 'school', 'school.code = entry.schoolCode')
      .where({ registrationId })
      .orderBy('entry.id', 'DESC');
    const ahead = query
      .subQuery()
      .select('COUNT(*)')
      .from(WaitlistEntry, 'other')
      .where("other.venueId = entry.venueId AND other.state = 'WAITING' AND other.place < entry.place")
      .getQuery();
    const { entities, raw } = await query
      .addSelect(ahead, 'ahead')
      .getRawAndEntities<{ ahead: number | string }>();
    return entities.map((entry, i) =>
      Object.assign(entry as WaitlistEntryWithPlaces, { ahead: Number(raw[i]!.ahead) }),
    );
  }

  async add(
    tx: Tx,
    entry: Omit<WaitlistEntry, 'id' | 'state' | 'submittedAt' | 'endedAt' | 'remark' | 'enrolmentId'> & {
      id?: string;
    },
  ): Promise<WaitlistEntry> {
    const row = tx.manager.create(WaitlistEntry, {
      ...entry,
      id: entry.id ?? newId(),
      state: 'WAITING',
      submittedAt: tx.now,
      endedAt: null,
      remark: null,
      enrolmentId: null,
    });
    await tx.manager.insert(WaitlistEntry, row);
    return row;
  }

  /** The first in line of a venue, so many at most. */
  heads(reader: Reader, venueId: string, most: number): Promise<WaitlistEntry[]> {
    return reader.manager.find(WaitlistEntry, {
      where: { venueId, state: 'WAITING' },
      order: { place: 'ASC' },
      take: most,
    });
  }

  /** These have a seat now: each became its enrolment. False: one of them did not wait any more. */
  async allocated(tx: Tx, became: ReadonlyMap<string, string>): Promise<boolean> {
    assertMove(WAITLIST_ENTRY_STATES, 'WAITING', 'ALLOCATED');
    const moved = await updateCounting(
      tx.manager,
      `UPDATE waitlist_entry SET state = 'ALLOCATED', ended_at = ?,
         enrolment_id = CASE id ${'WHEN ? THEN ? '.repeat(became.size)}END
       WHERE id IN (${placeholders([...became])}) AND state = 'WAITING'`,
      [tx.now, ...[...became].flat(), ...became.keys()],
    );
    return moved === became.size;
  }

  /** Compare-and-swap; false when it does not wait any more. */
  async move(
    tx: Tx,
    entry: Pick<WaitlistEntry, 'id' | 'state'>,
    to: WaitlistEntryState,
    changes: Pick<Partial<WaitlistEntry>, 'remark' | 'enrolmentId'> = {},
  ): Promise<boolean> {
    assertMove(WAITLIST_ENTRY_STATES, entry.state, to);
    const { affected } = await tx.manager.update(
      WaitlistEntry,
      { id: entry.id, state: entry.state },
      { ...changes, state: to, endedAt: tx.now },
    );
    return affected === 1;
  }

  /** Everybody who waits or waited for a venue, first in line first, for the proof of its seats. */
  ofVenue(reader: Reader, venueId: string): Promise<WaitlistEntryOfVenue[]> {
    return reader.manager
      .createQueryBuilder(WaitlistEntry, 'entry')
      .innerJoin(Registration, 'registration', 'registration.id = entry.registrationId')
      .select('entry.id', 'id')
      .addSelect('entry.state', 'state')
      .addSelect('entry.remark', 'remark')
      .addSelect('entry.enrolmentId', 'enrolmentId')
      .addSelect('registration.state', 'registrationState')
      .where({ venueId })
      .orderBy('entry.place')
      .getRawMany<WaitlistEntryOfVenue>();
  }
}
