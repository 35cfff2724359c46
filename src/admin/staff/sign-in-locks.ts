import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { DAYS, later } from '../../kernel/clock.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { type Reader, type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecretBox } from '../../platform/http/secret-box.js';
import { SignInLock } from './sign-in-lock.entity.js';
import { afterAnAttempt, theLoginIsNotLocked } from './sign-in-lock.rules.js';

/** Who guesses a password waits (R-PP-8). In the database, so that every process counts the same. */
@Injectable()
export class SignInLocks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly secrets: SecretBox,
  ) {}

  /**
   * Counts an attempt before it is known to fail, so that attempts at once are no more than attempts one by one;
   * `forget` takes them back when it succeeds. The last one that is let in locks what comes after it.
   *
   * @throws STAFF_LOCKED
   */
  async take(login: string): Promise<void> {
    const loginHash = this.hashOf(login);
    await this.unitOfWork.run(async ({ manager, now }) => {
      await manager.delete(SignInLock, { lastAttemptAt: LessThan(later(now, -DAYS)) });
      await manager
        .createQueryBuilder()
        .insert()
        .into(SignInLock)
        .values({ loginHash, attempts: 0, lastAttemptAt: now, lockedUntil: null })
        .orIgnore()
        .execute();
      const lock = await forUpdate(
        manager.createQueryBuilder(SignInLock, 'lock').where({ loginHash }),
      ).getOneOrFail();
      theLoginIsNotLocked(lock, now);
      await manager.update(SignInLock, { loginHash }, afterAnAttempt(lock, now));
    });
  }

  async forget(tx: Tx, login: string): Promise<void> {
    await tx.manager.delete(SignInLock, { loginHash: this.hashOf(login) });
  }

  /** Until when each of these logins is locked, as far as it is. */
  async lockedUntil(reader: Reader, logins: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    if (logins.length === 0) return new Map();
    const byHash = new Map(logins.map((login) => [this.hashOf(login), login]));
    const locks = await reader.manager.findBy(SignInLock, { loginHash: In([...byHash.keys()]) });
    return new Map(
      locks.flatMap(({ loginHash, lockedUntil }) =>
        lockedUntil && lockedUntil > reader.now ? [[byHash.get(loginHash)!, lockedUntil] as const] : [],
      ),
    );
  }

  private hashOf(login: string): string {
    return this.secrets.hash('staff-sign-in-lock', login);
  }
}
