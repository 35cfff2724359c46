import { createRequire } from 'node:module';
import type { TicketPage } from '../../src/modules/registration/ticket.page.js';
import { TicketPrinter } from '../../src/modules/registration/ticket-printer.js';
import { NINE_O_CLOCK } from '../support/clock.js';

/** Prints some tickets, and tells how they begin and whether the main thread has what draws them. */
const page: TicketPage = {
  title: { zh: '准考证', en: 'Ticket' },
  sitting: '2026年下半年',
  number: '120010 262 1 003 07',
  room: '003',
  seat: '07',
  candidate: [{ label: { zh: '姓名', en: 'Name' }, value: '王芳' }],
  exam: [{ label: { zh: '考试科目', en: 'Subject' }, value: '英语四级' }],
  notice: { heading: { zh: '不得', en: 'You may not' }, lines: [{ zh: '吸烟。', en: 'smoke' }] },
  closing: { zh: '以本证为准。', en: 'As this ticket says.' },
  printedAt: NINE_O_CLOCK,
};
const printer = new TicketPrinter();
const tickets = await Promise.all([1, 2, 3].map(() => printer.print(page)));
await printer.onModuleDestroy();
// what has been loaded into this thread; the one that draws has a cache of its own
const loaded = Object.keys(createRequire(import.meta.url).cache);
process.send!({
  begin: tickets.map((pdf) => pdf.subarray(0, 5).toString()),
  drawsHere: loaded.some((file) => /node_modules\/(pdfkit|fontkit)\//.test(file)),
});
