import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DAYS } from '../../kernel/clock.js';
import { newToken } from '../../kernel/ids.js';
import { Config } from '../config.js';
import { cookieNamed, cookieOf } from './cookies.js';
import { SecretBox } from './secret-box.js';

const DEVICE_COOKIE = 'cet_device';
/** The longest that browsers keep a cookie; there are two sittings a year. */
const KEPT_MS = 400 * DAYS;
/** Of a computer that many share, the last ones. */
const MOST_ACCOUNTS = 5;

/** A browser that keeps our cookie. It opens nothing: it only tells its own attempts from those of strangers. */
export interface Device {
  readonly id: string;
  /** Which accounts have signed in there, as `Devices` names them. */
  readonly accounts: readonly string[];
}

/** An account with its password, be it a candidate's or staff's: whoever changes the password is on no other device. */
export interface DeviceOwner {
  readonly id: string;
  readonly passwordHash: string | null;
}

/** Device cookies, as OWASP describes them against lockouts from afar: signed, and nothing of them is stored here. */
@Injectable()
export class Devices {
  constructor(
    private readonly config: Config,
    private readonly secrets: SecretBox,
  ) {}

  /** The device that a `Cookie` header tells of; undefined if it tells of none of ours. */
  read(cookies: string | undefined): Device | undefined {
    const { name } = cookieOf(this.config, DEVICE_COOKIE);
    const [id, accounts, signature] = cookieNamed(name, cookies)?.split('.') ?? [];
    if (!id || accounts === undefined || !signature) return undefined;
    const right = Buffer.from(this.sign(id, accounts));
    const given = Buffer.from(signature);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    return { id, accounts: accounts.split('-').filter((name) => name !== '') };
  }

  /** The cookie of a device on which nobody has signed in yet. */
  fresh(): string {
    return this.write({ id: newToken(), accounts: [] });
  }

  /** The cookie of a device on which this account has signed in now. */
  remembering(owner: DeviceOwner, device: Device | undefined): string {
    const name = this.nameOf(owner);
    const others = device?.accounts.filter((other) => other !== name) ?? [];
    return this.write({ id: device?.id ?? newToken(), accounts: [name, ...others].slice(0, MOST_ACCOUNTS) });
  }

  /** Has this account, with the password it has now, signed in there? */
  knows(device: Device | undefined, owner: DeviceOwner): boolean {
    return device?.accounts.includes(this.nameOf(owner)) ?? false;
  }

  /** Gives the device its cookie. */
  send(request: Request, response: Response, value: string): void {
    const { name, ...options } = cookieOf(this.config, DEVICE_COOKIE);
    const secure = options.secure || request.secure;
    response.cookie(name, value, { ...options, secure, maxAge: KEPT_MS });
  }

  private write({ id, accounts }: Device): string {
    return [id, accounts.join('-'), this.sign(id, accounts.join('-'))].join('.');
  }

  private nameOf({ id, passwordHash }: DeviceOwner): string {
    return this.secrets.hash('device', [id, passwordHash].join('\n')).slice(0, 32);
  }

  private sign(id: string, accounts: string): string {
    return this.secrets.hash('device', [id, accounts].join('.'));
  }
}
