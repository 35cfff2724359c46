import { types } from 'node:util';
import { isPlainText } from '../../kernel/plain-text.js';

/** Thrown before a driver sees what it cannot take; says what kind of value it was, never the value. */
export class UnfitParameterError extends Error {}

/** Text that no database gives back as it was. Nobody here makes any, so it is the client's: answered as 400. */
export class UnfitTextError extends UnfitParameterError {
  readonly status = 400;
}

/**
 * The last guard before both drivers, whatever the doors have let in. One of them aborts the process on an object and
 * takes `NaN` for nothing; the other writes a list as several values, an object as `[object Object]` and whatever has
 * a `toSqlString` as SQL. Here pass text that can be kept, finite numbers, whole numbers of 64 bits, flags, moments
 * of years with four digits, bytes and null.
 *
 * @throws UnfitParameterError
 */
export function assertFit(parameters: unknown): asserts parameters is unknown[] {
  if (!Array.isArray(parameters)) throw new UnfitParameterError('The parameters of a statement are a list.');
  // not `forEach`: it would pass over holes
  for (let i = 0; i < parameters.length; i++) {
    const value: unknown = parameters[i];
    if (isFit(value)) continue;
    const what = `Parameter ${i + 1} of ${parameters.length} is`;
    if (typeof value === 'string') throw new UnfitTextError(`${what} text that cannot be kept.`);
    throw new UnfitParameterError(`${what} ${kindOf(value)}, which no statement takes.`);
  }
}

/** @throws UnfitParameterError for a moment that is none, which TypeORM would write down as text (`0NaN-NaN-NaN`) */
export function assertMoment(value: unknown): void {
  if (types.isDate(value) && !isMoment(value)) throw new UnfitParameterError('A moment is no time.');
}

function isFit(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return isPlainText(value);
    case 'number':
      return Number.isFinite(value);
    case 'bigint':
      return BigInt.asIntN(64, value) === value;
    case 'boolean':
      return true;
    case 'object':
      return value === null || types.isUint8Array(value) || (types.isDate(value) && isMoment(value));
    default:
      return false;
  }
}

function isMoment(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 0 && year <= 9999;
}

/** Never the value itself: it may be somebody's. */
function kindOf(value: unknown): string {
  if (typeof value !== 'object') return `of the type ${typeof value}`;
  return Array.isArray(value) ? 'a list' : types.isDate(value) ? 'no time' : 'an object';
}
