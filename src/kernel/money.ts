/** Money is counted in fen (分), an integer; one yuan is 100 fen. */
export type Fen = number;

/** `¥0.01`, as the confirmation and the payment page show it. */
export function yuan(fen: Fen): string {
  return `¥${yuanAmount(fen)}`;
}

/** `0.01`: two decimals, no sign. */
export function yuanAmount(fen: Fen): string {
  const sign = fen < 0 ? '-' : '';
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Reads `30`, `30.5` or `30.50` yuan as fen without passing through floating point; undefined if it is no amount. */
export function fenFromYuan(text: string): Fen | undefined {
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** The sum of amounts, in fen. */
export function totalFen(amounts: readonly Fen[]): Fen {
  return amounts.reduce((sum, fen) => sum + fen, 0);
}
