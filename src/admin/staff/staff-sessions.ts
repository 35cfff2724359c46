import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type SessionData, Store } from 'express-session';
import { LessThanOrEqual } from 'typeorm';
import { HOURS, later } from '../../kernel/clock.js';
import { Config } from '../../platform/config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { StaffSession } from './staff-session.entity.js';

declare module 'express-session' {
  interface SessionData {
    /** Who signed in; what they may see is read at every request. */
    staffId: string;
    /** Who typed the right password, which one that was, and until when they may type a code. */
    codeAwaited: { staffId: string; password: string; until: number };
    /** For the list of sessions. */
    from: { browser?: string; address?: string };
  }
}

type Done<T = void> = (error: unknown, value?: T | null) => void;

/**
 * Where express-session keeps sign-ins: in our own database, so that they survive a restart and every process knows
 * them. One lasts `SESSION_HOURS` from signing in. It has no `touch`, so that looking at a page writes nothing.
 */
@Injectable()
export class StaffSessions extends Store {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: Config,
  ) {
    super();
  }

  override get(sessionId: string, done: Done<SessionData>): void {
    this.read(sessionId).then((data) => done(null, data), done);
  }

  override set(sessionId: string, data: SessionData, done: Done = () => undefined): void {
    this.write(sessionId, data).then(() => done(null), done);
  }

  override destroy(sessionId: string, done: Done = () => undefined): void {
    this.remove(sessionId).then(() => done(null), done);
  }

  private async read(sessionId: string): Promise<SessionData | null> {
    const { manager, now } = this.unitOfWork.read();
    const row = await manager.findOneBy(StaffSession, { id: sessionRowId(sessionId) });
    return row && row.expiresAt > now ? (JSON.parse(row.data) as SessionData) : null;
  }

  private async write(sessionId: string, data: SessionData): Promise<void> {
    const { staffId, from } = data;
    await this.unitOfWork.run(async ({ manager, now }) => {
      await manager.delete(StaffSession, { expiresAt: LessThanOrEqual(now) });
      await manager.upsert(
        StaffSession,
        {
          id: sessionRowId(sessionId),
          staffId: staffId ?? null,
          data: JSON.stringify(data),
          browser: from?.browser?.slice(0, 200) ?? null,
          address: from?.address?.slice(0, 60) ?? null,
          createdAt: now,
          expiresAt: later(now, this.config.sessionHours * HOURS),
        },
        ['id'],
      );
    });
  }

  private async remove(sessionId: string): Promise<void> {
    await this.unitOfWork.run(({ manager }) => manager.delete(StaffSession, { id: sessionRowId(sessionId) }));
  }
}

/** Under which id the table keeps a session; it opens nothing. */
export function sessionRowId(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('hex');
}
