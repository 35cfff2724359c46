import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { StudentPhotoRepository } from '../qualification/index.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { RegistrationRepository } from './registration.repository.js';
import { ticketPage } from './ticket.page.js';
import { TICKET_NOT_AVAILABLE, ticketIsPrintable } from './ticket.rules.js';
import { TicketPrinter } from './ticket-printer.js';

/** A ticket as a file to print. */
export interface PrintedTicket {
  ticketNumber: string;
  pdf: Buffer;
}

/** R-RG-3: the admission ticket of one enrolment, as a PDF. */
@Injectable()
export class PrintTicket {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly photos: StudentPhotoRepository,
    private readonly printer: TicketPrinter,
  ) {}

  /** @throws NOT_REGISTERED, NOT_FOUND, TICKET_NOT_AVAILABLE, TRY_AGAIN */
  async execute(command: { enrolmentId: string }, actor: CandidateActor): Promise<PrintedTicket> {
    const reader = this.unitOfWork.read();
    const head = await this.registrations.pageOf(reader, actor.accountId);
    const { id } = await this.enrolments.ofRegistration(reader, head.registration.id, command.enrolmentId);
    const enrolment = (await this.enrolments.withPlaces(reader, { ids: [id] }))[0]!;
    if (!ticketIsPrintable(enrolment, enrolment.venue, head.oralTicketAvailableAt, reader.now)) {
      throw TICKET_NOT_AVAILABLE();
    }
    const ticketNumber = enrolment.ticketNumber!;
    const page = ticketPage({ ...head, enrolment: { ...enrolment, ticketNumber } }, reader.now);
    const photo = await this.photos.of(reader, head.registration.recordId);
    return { ticketNumber, pdf: await this.printer.print(page, photo?.jpeg) };
  }
}
