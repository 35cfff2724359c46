import { Entity } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  LongTextColumn,
  NumberColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { OutboxMessageState } from './outbox-message.machine.js';

export const MESSAGE_CHANNELS = ['SMS', 'EMAIL'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/** A message to somebody, written in the transaction that gives cause for it and sent afterwards. */
@Entity('outbox_message')
export class OutboxMessage {
  @IdColumn()
  id: string;
  @WordColumn({ length: 10 })
  channel: MessageChannel;
  /** A mobile number or an e-mail address. */
  @TextColumn(254)
  recipient: string;
  /** What it is about, for whoever looks for it: `passport.code`. */
  @TextColumn(60)
  template: string;
  /** Of an e-mail. */
  @TextColumn(200, { nullable: true })
  subject: string | null;
  /** Sealed: it may hold a one-time code. `OutboxRepository.bodyOf` opens it. */
  @LongTextColumn()
  body: string;
  @WordColumn({ length: 10 })
  state: OutboxMessageState;
  /** Tries begun, the one under way included. */
  @NumberColumn()
  attempts: number;
  /** Not tried before this moment. While a try is under way: when it is taken to have died. */
  @InstantColumn()
  nextAttemptAt: Date;
  @InstantColumn()
  createdAt: Date;
  @InstantColumn({ nullable: true })
  sentAt: Date | null;
  /** Why the last try failed, without what identifies a person. */
  @TextColumn(300, { nullable: true })
  error: string | null;
}
