import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';
import { SECONDS } from '../../kernel/clock.js';

const STEP_MS = 30 * SECONDS;

/** What an authenticator app shares with us, as people can type it. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** For the app's camera: drawn here, so that nobody else sees the secret. */
export function totpPicture(secret: string, login: string): string {
  return renderSVG(totp(secret, login).toString(), { ecc: 'M', border: 2 });
}

/** The time step a code of six digits is of, this one or one beside it; undefined if it is none of them. */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  const delta = totp(secret, '').validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? undefined : Math.floor(now.getTime() / STEP_MS) + delta;
}

function totp(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: 'CET报名管理后台',
    label,
    secret: Secret.fromBase32(secret),
    period: STEP_MS / SECONDS,
  });
}
