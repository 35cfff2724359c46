export { type ListedMessage, ListOutbox } from './list-outbox.use-case.js';
export { NotificationModule } from './notification.module.js';
export { Outbox } from './outbox.js';
export type { NewMessage } from './outbox.repository.js';
export { type MessageChannel, OutboxMessage } from './outbox-message.entity.js';
export { ResendMessage } from './resend-message.use-case.js';
export { SendOutbox } from './send-outbox.use-case.js';

import { OutboxMessage } from './outbox-message.entity.js';

export const notificationEntities = [OutboxMessage];
