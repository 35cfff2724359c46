export const PANEL_PATH = '/admin';
export const LOGIN_PATH = `${PANEL_PATH}/login`;

/** A path of the back office to go on to; anything else, another site above all, is its front page. */
export function pathInside(next: unknown): string {
  const inside = typeof next === 'string' && next.length < 2000 && /^\/admin(?:[/?][^\\\s]*)?$/.test(next);
  return inside && !next.startsWith(LOGIN_PATH) ? next : PANEL_PATH;
}
