import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';

/** Uses of the secret key, each with a key of its own derived from it. */
type Purpose =
  | 'stored-answer'
  | 'one-time-code'
  | 'challenge'
  | 'rate-limit'
  | 'device'
  | 'sandbox-platform'
  | 'outbox'
  | 'staff-session'
  | 'staff-sign-in-lock'
  | 'staff-totp'
  | 'staff-recovery-code';

/** What the secret key is for: keyed hashes of short secrets, and text that must not be read at rest. */
@Injectable()
export class SecretBox {
  private readonly keys = new Map<Purpose, Buffer>();

  constructor(private readonly config: Config) {}

  /** Keyed hash, hex. A six-digit code hashed without a key could be found by trying all of them. */
  hash(purpose: Purpose, text: string | Buffer): string {
    return createHmac('sha256', this.key(purpose)).update(text).digest('hex');
  }

  /** The derived key itself, for libraries that sign with one; hex. */
  keyFor(purpose: Purpose): string {
    return this.key(purpose).toString('hex');
  }

  /** AES-256-GCM; base64 of nonce, tag and text. */
  seal(purpose: Purpose, text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key(purpose), nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** @throws Error if it was not sealed with this key */
  open(purpose: Purpose, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.key(purpose), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }

  private key(purpose: Purpose): Buffer {
    const known = this.keys.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', this.config.secretKey, '', purpose, 32));
    this.keys.set(purpose, key);
    return key;
  }
}
