import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Config } from '../config.js';

/** What a proxy writes on what it hands on. */
const HANDED_ON = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

/**
 * May whoever asks at the common port read the figures? By the token, where there is one. Else only this machine
 * itself, and only where nobody can have come through a proxy on it; and nobody where the figures have a port.
 */
export function mayReadFigures(request: IncomingMessage, config: Config): boolean {
  if (config.metricsPort !== undefined) return false;
  if (config.metricsToken !== undefined) return bringsToken(request.headers, config.metricsToken);
  const behindProxy = config.trustProxy > 0 || config.publicUrl.startsWith('https:');
  const handedOn = HANDED_ON.some((header) => request.headers[header] !== undefined);
  return !behindProxy && !handedOn && isThisMachine(request.socket.remoteAddress);
}

/** `Authorization: Bearer …`, compared in a time that does not tell how much of it was right. */
export function bringsToken({ authorization = '' }: IncomingHttpHeaders, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(authorization), hash(`Bearer ${token}`));
}

function isThisMachine(address = ''): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}
