import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { newToken } from '../../kernel/ids.js';

/** argon2id (the library's default kind) as OWASP advises: 19 MiB, two passes, one lane. About 15 ms a time. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

@Injectable()
export class PasswordHasher {
  private nobodys?: Promise<string>;

  hash(password: string): Promise<string> {
    return hash(password, COST);
  }

  verify(passwordHash: string, password: string): Promise<boolean> {
    return verify(passwordHash, password);
  }

  /** The work of `verify` where there is no account, so that the time does not tell. Always false. */
  async verifyNobodys(password: string): Promise<false> {
    this.nobodys ??= this.hash(newToken());
    await verify(await this.nobodys, password);
    return false;
  }
}
