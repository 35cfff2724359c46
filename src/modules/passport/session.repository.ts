import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MoreThan, Not } from 'typeorm';
import { HOURS, later } from '../../kernel/clock.js';
import { newId, newToken } from '../../kernel/ids.js';
import { Config } from '../../platform/config.js';
import { placeholders } from '../../platform/database/select-entities.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { type AccountFacts, factsOf, type KnownAccount } from './account.entity.js';
import { Session } from './session.entity.js';

const LONGEST_USER_AGENT = 200;

/** Who is signed in, and by which session. */
export interface Recognised {
  sessionId: string;
  account: AccountFacts;
}

/** An account as its session brings it; flags come as the driver has them. */
interface RecognisedRow extends Omit<KnownAccount, 'passwordMustChange'> {
  tokenHash: string;
  sessionId: string;
  passwordMustChange: boolean | number;
}

@Injectable()
export class SessionRepository {
  constructor(private readonly config: Config) {}

  /** Opens a session and gives its token, which is not to be had again. */
  async open(
    tx: Tx,
    { accountId, userAgent }: { accountId: string; userAgent?: string },
  ): Promise<{ token: string; expiresAt: Date }> {
    const token = newToken();
    const expiresAt = later(tx.now, this.config.sessionHours * HOURS);
    await tx.manager.insert(Session, {
      id: newId(),
      accountId,
      tokenHash: hashOf(token),
      userAgent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
      createdAt: tx.now,
      expiresAt,
    });
    return { token, expiresAt };
  }

  /** Whose tokens these are, in one statement; undefined where the session has ended or never was. */
  async recognise(reader: Reader, tokens: readonly string[]): Promise<(Recognised | undefined)[]> {
    const hashes = tokens.map(hashOf);
    const sessions = await reader.manager.query<RecognisedRow[]>(
      `SELECT session.token_hash AS tokenHash, session.id AS sessionId, account.id, account.email,
         account.email_verified_at AS emailVerifiedAt, account.phone, account.password_must_change AS passwordMustChange
       FROM session JOIN account ON account.id = session.account_id
       WHERE session.token_hash IN (${placeholders(hashes)}) AND session.expires_at > ?`,
      [...hashes, reader.now],
    );
    const byHash = new Map(sessions.map((session) => [session.tokenHash, session]));
    return hashes.map((hash) => {
      const session = byHash.get(hash);
      return session && { sessionId: session.sessionId, account: factsOf(session) };
    });
  }

  /** When a session began; undefined if it has ended. */
  async openedAt(reader: Reader, id: string): Promise<Date | undefined> {
    return (await reader.manager.findOneBy(Session, { id }))?.createdAt;
  }

  /** Newest first. */
  ofAccount(reader: Reader, accountId: string): Promise<Session[]> {
    return reader.manager.find(Session, {
      where: { accountId, expiresAt: MoreThan(reader.now) },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }

  /** False if the account has no such session. */
  async end(tx: Tx, accountId: string, id: string): Promise<boolean> {
    const { affected } = await tx.manager.delete(Session, { id, accountId });
    return affected === 1;
  }

  async endAll(tx: Tx, accountId: string): Promise<void> {
    await tx.manager.delete(Session, { accountId });
  }

  async endOthers(tx: Tx, accountId: string, keptSessionId: string): Promise<void> {
    await tx.manager.delete(Session, { accountId, id: Not(keptSessionId) });
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
