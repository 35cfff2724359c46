import { Injectable } from '@nestjs/common';
import { type Device, type DeviceOwner, Devices } from '../../platform/http/devices.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { DEVICE_SIGN_INS, MISTYPED, NETWORK_LIMITS, STRANGERS_SIGN_INS } from './attempt-limits.js';
import { priceForLogin } from './challenge.rules.js';
import { HumanCheck } from './human-check.js';
import { type Login, loginKey } from './login.js';
import { NetworkFailures } from './network-failures.js';
import { strangersMayStillTry } from './password.rules.js';

/** An attempt that has been let in and is still to fail or to succeed. */
export interface SignInAttempt {
  readonly key: string;
  /** Set where somebody who may be the login's owner has signed in on it before. */
  readonly device?: Device;
  readonly network: string;
}

/**
 * Who guesses a password pays for it and is bounded, and locks out nobody else (R-PP-8): a device that has signed in to
 * a login before has attempts of its own there, whatever strangers do.
 */
@Injectable()
export class SignInAttempts {
  constructor(
    private readonly limits: RateLimits,
    private readonly devices: Devices,
    private readonly failures: NetworkFailures,
    private readonly humanCheck: HumanCheck,
  ) {}

  /**
   * Lets an attempt in and counts it before it is known to fail, so that attempts at once are no more than attempts one
   * by one. `meant` are the accounts that the login may mean, `paid` is what the human check cost.
   *
   * @throws CHALLENGE_TOO_EASY, LOGIN_GUESSED_TOO_OFTEN
   */
  async begin(
    login: Login,
    { meant, paid }: { meant: readonly DeviceOwner[]; paid: number },
    { network, cookies }: { network: string; cookies?: string },
  ): Promise<SignInAttempt> {
    const key = loginKey(login);
    const device = this.devices.read(cookies);
    const isKnown = device !== undefined && meant.some((account) => this.devices.knows(device, account));
    if (isKnown) {
      const { count } = await this.limits.note(DEVICE_SIGN_INS, deviceKey(device, key));
      if (count <= DEVICE_SIGN_INS.points) return { key, device, network };
    }
    const { count, msLeft } = await this.limits.note(STRANGERS_SIGN_INS, key);
    try {
      strangersMayStillTry(count <= STRANGERS_SIGN_INS.points, msLeft);
      const owed = Math.max(priceForLogin(count), await this.failures.priceAt(network));
      await this.humanCheck.demand(owed, paid);
    } catch (refused) {
      await this.limits.note(STRANGERS_SIGN_INS, key, -1);
      throw refused;
    }
    return { key, network };
  }

  /** The password was wrong. */
  async failed({ key, device, network }: SignInAttempt): Promise<void> {
    if (device) return;
    await this.limits.note(MISTYPED, [key, network].join('\n'));
    await this.failures.note(NETWORK_LIMITS.WRONG_PASSWORD, network);
  }

  /** It was right: whoever mistyped it before has done no harm. */
  async succeeded({ key, device, network }: SignInAttempt): Promise<void> {
    if (device) return this.limits.forget(DEVICE_SIGN_INS, deviceKey(device, key));
    await this.limits.forget(STRANGERS_SIGN_INS, key);
    const mistyped = [key, network].join('\n');
    const times = await this.limits.soFar(MISTYPED, mistyped);
    if (times === 0) return;
    await this.limits.forget(MISTYPED, mistyped);
    await this.failures.note(NETWORK_LIMITS.WRONG_PASSWORD, network, -times);
  }

  /** Somebody has proven to be the owner in another way. */
  async forget(login: Login): Promise<void> {
    await this.limits.forget(STRANGERS_SIGN_INS, loginKey(login));
  }
}

function deviceKey({ id }: Device, key: string): string {
  return [id, key].join('\n');
}
