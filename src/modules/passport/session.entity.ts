import { Entity } from 'typeorm';
import { IdColumn, InstantColumn, ReferenceColumn, TextColumn } from '../../platform/database/columns.js';

/** One sign-in. The token itself is known to the client only. */
@Entity('session')
export class Session {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  accountId: string;
  /** SHA-256 of the token, hex; the token has 256 random bits, so a plain hash cannot be guessed. */
  @TextColumn(64)
  tokenHash: string;
  /** What the browser calls itself, so that people recognise their sessions. */
  @TextColumn(200, { nullable: true })
  userAgent: string | null;
  @InstantColumn()
  createdAt: Date;
  @InstantColumn()
  expiresAt: Date;
}
