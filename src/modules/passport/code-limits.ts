import { Injectable } from '@nestjs/common';
import { type DeviceOwner, Devices } from '../../platform/http/devices.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import {
  CODES_FOR_STRANGERS,
  CODES_PER_MINUTE,
  CODES_PER_OWNERS_DEVICE,
  CODES_PER_STRANGER,
} from './attempt-limits.js';
import type { Visitor } from './visitor.js';

/**
 * How many codes go to a phone or an address (R-PP-8). Strangers share what a target is sent for them, so that nobody is
 * flooded; a device that its owner has signed in on has a share of its own, so that strangers keep nobody from a code.
 */
@Injectable()
export class CodeLimits {
  constructor(
    private readonly limits: RateLimits,
    private readonly devices: Devices,
  ) {}

  /**
   * Counts one. `ownerOf` finds the account, if there is one, that the target is known to be of; it is asked only for a
   * device on which somebody has signed in, so that a stranger's request does no more work whoever it is about.
   *
   * @throws TOO_MANY_ATTEMPTS
   */
  async count(
    target: string,
    { network, cookies }: Pick<Visitor, 'network' | 'cookies'>,
    ownerOf: () => Promise<DeviceOwner | undefined> = async () => undefined,
  ): Promise<void> {
    const device = this.devices.read(cookies);
    const owner = device?.accounts.length ? await ownerOf() : undefined;
    const isOwners = owner !== undefined && this.devices.knows(device, owner);
    const asker = [target, isOwners ? device!.id : network].join('\n');
    await this.limits.count(CODES_PER_MINUTE, asker);
    await this.limits.count(isOwners ? CODES_PER_OWNERS_DEVICE : CODES_PER_STRANGER, asker);
    if (!isOwners) await this.limits.count(CODES_FOR_STRANGERS, target);
  }
}
