import type { Request } from 'express';
import type { Config } from '../config.js';
import { cookieNamed, cookieOf } from './cookies.js';

export const SESSION_COOKIE = 'cet_session';
const TOKEN = /^[A-Za-z0-9_-]{20,100}$/;

/** The opaque token of a request: `Authorization: Bearer` for programs, the cookie for pages. */
export function sessionToken(
  request: Request,
  config: Pick<Config, 'publicUrl'>,
): { token: string; from: 'HEADER' | 'COOKIE' } | undefined {
  const bearer = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(request.headers.authorization ?? '');
  if (bearer) return { token: bearer[1]!, from: 'HEADER' };
  const { name } = cookieOf(config, SESSION_COOKIE);
  const token = cookieNamed(name, request.headers.cookie) ?? '';
  return TOKEN.test(token) ? { token, from: 'COOKIE' } : undefined;
}

/**
 * May this request change something on the strength of a cookie? Only if a page of ours sent it. `SameSite=Strict`
 * already keeps foreign pages out; this holds where a browser or a sibling subdomain does not.
 */
export function comesFromOurPage(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site) return site === 'same-origin' || site === 'none';
  const { origin, host } = request.headers;
  if (!origin) return true; // not a browser
  return URL.canParse(origin) && new URL(origin).host === host;
}
