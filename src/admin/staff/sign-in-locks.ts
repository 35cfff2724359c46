import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { DAYS, later } from '../../kernel/clock.js';
import { DomainError } from '../../kernel/domain-error.js';
import { isDearEnough, theCheckIsDearEnough } from '../../modules/passport/index.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { type Reader, type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecretBox } from '../../platform/http/secret-box.js';
import { SignInLock } from './sign-in-lock.entity.js';
import {
  afterAnAttempt,
  type LockRule,
  OWN_DEVICE,
  priceForStaff,
  STAFF_LOCKED,
  STRANGERS,
  theLoginIsNotLocked,
  withOneMore,
} from './sign-in-lock.rules.js';

/**
 * Who guesses a password pays, and waits (R-PP-8); who has signed in on a device before has attempts of their own there,
 * so that nobody locks them out. In the database, so that every process counts the same.
 */
@Injectable()
export class SignInLocks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly secrets: SecretBox,
  ) {}

  /**
   * Counts an attempt before it is known to fail, so that attempts at once are no more than attempts one by one;
   * `forget` takes them back when it succeeds. False if those of this device are used up.
   */
  async takeOnDevice(login: string, deviceId: string): Promise<boolean> {
    try {
      await this.take(this.hashOf(login, deviceId), OWN_DEVICE);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === STAFF_LOCKED.definition.code) return false;
      throw error;
    }
  }

  /**
   * The same for everybody else. `paid` is what their human check cost, 0 without one, and `owed` what is asked for where
   * they are.
   *
   * @throws STAFF_LOCKED, CHALLENGE_TOO_EASY
   */
  async takeAsStranger(login: string, check?: { paid: number; owed: number }): Promise<void> {
    await this.take(this.hashOf(login), STRANGERS, (attempt) => {
      if (check) theCheckIsDearEnough(isDearEnough(check.paid, Math.max(priceForStaff(attempt), check.owed)));
    });
  }

  /** What the human check costs a stranger who tries next; 0 where none is asked for. */
  async priceOfNext(login: string): Promise<number> {
    const { manager, now } = this.unitOfWork.read();
    const lock = await manager.findOneBy(SignInLock, { loginHash: this.hashOf(login) });
    return lock ? priceForStaff(withOneMore(lock, now, STRANGERS)) : 0;
  }

  /** Of a device, or else of all strangers. */
  async forget(tx: Tx, login: string, deviceId?: string): Promise<void> {
    await tx.manager.delete(SignInLock, { loginHash: this.hashOf(login, deviceId) });
  }

  /** Until when each of these logins is locked to strangers, as far as it is. */
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

  private async take(
    loginHash: string,
    rule: LockRule,
    mayMake: (attempt: number) => void = () => undefined,
  ): Promise<void> {
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
      mayMake(withOneMore(lock, now, rule));
      await manager.update(SignInLock, { loginHash }, afterAnAttempt(lock, now, rule));
    });
  }

  private hashOf(login: string, deviceId = ''): string {
    return this.secrets.hash('staff-sign-in-lock', deviceId === '' ? login : [login, deviceId].join('\n'));
  }
}
