import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MoreThan, Not } from 'typeorm';
import { HOURS, later } from '../../kernel/clock.js';
import { newId, newToken } from '../../kernel/ids.js';
import { Config } from '../../platform/config.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Account, type AccountFacts, factsOf } from './account.entity.js';
import { Session } from './session.entity.js';

const LONGEST_USER_AGENT = 200;

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

  /** Whose token this is, in one statement; undefined if the session has ended or never was. */
  async recognise(
    reader: Reader,
    token: string,
  ): Promise<{ sessionId: string; account: AccountFacts } | undefined> {
    const session = await reader.manager
      .createQueryBuilder(Session, 'session')
      .innerJoinAndMapOne('session.account', Account, 'account', 'account.id = session.accountId')
      .where('session.tokenHash = :tokenHash AND session.expiresAt > :now', {
        tokenHash: hashOf(token),
        now: reader.now,
      })
      .getOne();
    return session?.account ? { sessionId: session.id, account: factsOf(session.account) } : undefined;
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
