import { Module } from '@nestjs/common';
import { ListOutbox } from './list-outbox.use-case.js';
import { MailServer } from './mail-server.js';
import { NotificationJobs } from './notification.jobs.js';
import { Outbox } from './outbox.js';
import { OutboxRepository } from './outbox.repository.js';
import { SendOutbox } from './send-outbox.use-case.js';

/** Outbox and what carries its messages. */
@Module({
  providers: [OutboxRepository, Outbox, MailServer, SendOutbox, ListOutbox, NotificationJobs],
  exports: [Outbox, ListOutbox, SendOutbox],
})
export class NotificationModule {}
