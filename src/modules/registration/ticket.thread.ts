import { answerInThread } from '../../platform/thread.js';
import type { TicketPage } from './ticket.page.js';
import { TicketPdf } from './ticket.pdf.js';

/** What the thread that prints tickets runs. */
const pdf = new TicketPdf();

answerInThread(({ page, photo }: { page: TicketPage; photo?: Uint8Array }) =>
  pdf.print(page, photo && Buffer.from(photo)),
);
