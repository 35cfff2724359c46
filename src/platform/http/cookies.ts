import type { Config } from '../config.js';

/**
 * How a cookie of ours is called and where it goes. Where people come by https it goes by https alone, and `__Host-`
 * makes it this host's alone: no page of a sibling host can plant one. That prefix wants the whole host as its path.
 */
export function cookieOf(
  { publicUrl }: Pick<Config, 'publicUrl'>,
  name: string,
  path = '/',
): { name: string; path: string; httpOnly: true; sameSite: 'strict'; secure: boolean } {
  const secure = publicUrl.startsWith('https:');
  return {
    name: secure ? `__Host-${name}` : name,
    path: secure ? '/' : path,
    httpOnly: true,
    sameSite: 'strict',
    secure,
  };
}

/** What a `Cookie` header says under a name. */
export function cookieNamed(name: string, cookies: string | undefined): string | undefined {
  return (cookies ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
