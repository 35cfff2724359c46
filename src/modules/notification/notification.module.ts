import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { ListOutbox } from './list-outbox.use-case.js';
import { MailServer } from './mail-server.js';
import { NotificationJobs } from './notification.jobs.js';
import { Outbox } from './outbox.js';
import { OutboxRepository } from './outbox.repository.js';
import { ResendMessage } from './resend-message.use-case.js';
import { SendOutbox } from './send-outbox.use-case.js';

/** Outbox and what carries its messages. */
@Module({
  imports: [AuditModule],
  providers: [OutboxRepository, Outbox, MailServer, SendOutbox, ListOutbox, ResendMessage, NotificationJobs],
  exports: [Outbox, ListOutbox, ResendMessage, SendOutbox],
})
export class NotificationModule {}
