import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { TRY_AGAIN } from '../../platform/http/refusals.js';
import { Thread } from '../../platform/thread.js';
import type { TicketPage } from './ticket.page.js';
import type { TicketPdf } from './ticket.pdf.js';

const THREAD = new URL('./ticket.thread.js', import.meta.url);
/** A ticket takes some 50 ms; nobody waits for more of them than this. */
const MOST_WAITING = 100;

interface Asked {
  page: TicketPage;
  photo?: Uint8Array;
}

/** Prints tickets in a thread, so that nobody at the door waits for the drawing. */
@Injectable()
export class TicketPrinter implements OnModuleDestroy {
  private thread?: Thread<Asked, Uint8Array>;
  private pdf?: Promise<TicketPdf>;

  /**
   * @param photo a JPEG; without one the frame says where it goes
   * @throws TRY_AGAIN where very many wait for theirs
   */
  async print(page: TicketPage, photo?: Buffer): Promise<Buffer> {
    if (!Thread.canRun(THREAD)) return (await this.inPlace()).print(page, photo);
    if (!this.thread || this.thread.isGone) this.thread = new Thread(THREAD);
    if (this.thread.underWay >= MOST_WAITING) throw TRY_AGAIN({ retryAfterSeconds: 5 });
    return Buffer.from(await this.thread.ask({ page, photo }));
  }

  /** Where tests run the sources as they are, no thread could load them. */
  private inPlace(): Promise<TicketPdf> {
    this.pdf ??= import('./ticket.pdf.js').then(({ TicketPdf }) => new TicketPdf());
    return this.pdf;
  }

  async onModuleDestroy(): Promise<void> {
    await this.thread?.close();
  }
}
