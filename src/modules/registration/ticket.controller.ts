import { Controller, Get, Param, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { CandidateActor } from '../../kernel/actor.js';
import { NOT_FOUND, TRY_AGAIN } from '../../platform/http/refusals.js';
import { Refuses } from '../../platform/http/refuses.js';
import { Candidate } from '../passport/index.js';
import { HasAgreed } from '../qualification/index.js';
import { PrintTicket } from './print-ticket.use-case.js';
import { NOT_REGISTERED } from './registration.rules.js';
import { TICKET_NOT_AVAILABLE } from './ticket.rules.js';

@ApiTags('准考证 · Admission ticket')
@Controller('enrolments')
@HasAgreed()
export class TicketController {
  constructor(private readonly printTicket: PrintTicket) {}

  @Get(':id/ticket')
  @ApiParam({ name: 'id', description: 'Enrolment' })
  @ApiOperation({ summary: '打印准考证 · Print the admission ticket' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({
    description: '准考证 · The ticket, one A4 page',
    schema: { type: 'string', format: 'binary' },
  })
  @Refuses(NOT_REGISTERED, NOT_FOUND, TICKET_NOT_AVAILABLE, TRY_AGAIN)
  async print(@Param('id') enrolmentId: string, @Candidate() actor: CandidateActor): Promise<StreamableFile> {
    const { ticketNumber, pdf } = await this.printTicket.execute({ enrolmentId }, actor);
    return new StreamableFile(pdf, {
      type: 'application/pdf',
      disposition: `inline; filename="cet-ticket-${ticketNumber}.pdf"`,
      length: pdf.length,
    });
  }
}
