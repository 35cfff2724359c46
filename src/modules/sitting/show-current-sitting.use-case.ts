import { Injectable } from '@nestjs/common';
import { toShanghai } from '../../kernel/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NoticeRepository } from './notice.repository.js';
import { SchoolRepository } from './school.repository.js';
import { NoticeShown } from './shown.dto.js';
import type { SittingShown } from './sitting.dto.js';
import { SittingRepository } from './sitting.repository.js';
import { VenueRepository } from './venue.repository.js';

/** What everybody may know of the current sitting: policies, windows, notices, ticket times. */
@Injectable()
export class ShowCurrentSitting {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
    private readonly schools: SchoolRepository,
    private readonly notices: NoticeRepository,
  ) {}

  /** @throws NO_CURRENT_SITTING */
  async execute(): Promise<SittingShown> {
    const reader = this.unitOfWork.read();
    const sitting = await this.sittings.current(reader);
    const [times, oralTickets, notices] = await Promise.all([
      this.venues.timesByKind(reader, sitting.id),
      this.schools.earliestOralTicketTime(reader, sitting.id),
      this.notices.central(reader, sitting.id),
    ]);
    const writtenTickets = times.find(({ kind }) => kind === 'WRITTEN')?.ticketAvailableAt;
    return {
      id: sitting.id,
      number: sitting.number,
      name: sitting.name,
      policies: {
        payHours: sitting.payHours,
        emptyRegistrationHours: sitting.emptyRegistrationHours,
        waitlistPayHours: sitting.waitlistPayHours,
        oralNeedsWritten: sitting.oralNeedsWritten,
        ...(sitting.paymentEndsAt ? { paymentEndsAt: toShanghai(sitting.paymentEndsAt) } : {}),
      },
      windows: times.flatMap(({ kind, opensAt, closesAt }) =>
        opensAt && closesAt ? [{ kind, opensAt: toShanghai(opensAt), closesAt: toShanghai(closesAt) }] : [],
      ),
      notices: notices.map(NoticeShown.of),
      ticketTimes: [
        ...(writtenTickets ? [{ kind: 'WRITTEN', availableFrom: toShanghai(writtenTickets) }] : []),
        ...(oralTickets ? [{ kind: 'ORAL', availableFrom: toShanghai(oralTickets) }] : []),
      ],
    };
  }
}
