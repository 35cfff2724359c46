/** The only source of time. It is handed in, so that a test can set it and one unit of work reads it once. */
export abstract class Clock {
  abstract now(): Date;
}

/** The machine's time; the one place that reads it. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

export const SECONDS = 1000;
export const MINUTES = 60 * SECONDS;
export const HOURS = 60 * MINUTES;
export const DAYS = 24 * HOURS;

/** A moment `milliseconds` after `time` (before it, when negative). */
export function later(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds);
}

/** The earlier of two moments. */
export function earliest(a: Date, b: Date): Date {
  return a <= b ? a : b;
}

const SHANGHAI_OFFSET = 8 * HOURS;

/** ISO-8601 in Asia/Shanghai, to the millisecond: `2026-11-21T09:00:00.000+08:00` (China has no summer time). */
export function toShanghai(time: Date): string {
  return later(time, SHANGHAI_OFFSET).toISOString().replace('Z', '+08:00');
}

/** `2026-11-21 09:00` in Asia/Shanghai, for messages and pages that people read. */
export function toShanghaiText(time: Date): string {
  return toShanghai(time).slice(0, 16).replace('T', ' ');
}

/** Reads an ISO-8601 time; one without an offset (`2026-11-21 09:00`) is Asia/Shanghai. Undefined if it is no time. */
export function fromShanghai(text: string): Date | undefined {
  const match =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(
      text.trim(),
    );
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset = '+08:00'] =
    match;
  const pad = (part: string | undefined) => String(part).padStart(2, '0');
  const date = `${year}-${pad(month)}-${pad(day)}`;
  const time = new Date(`${date}T${pad(hour)}:${pad(minute)}:${pad(second)}${fraction}${offset}`);
  if (Number.isNaN(time.getTime())) return undefined;
  // `2026-02-30` parses as 2 March: a day that does not exist is no time
  const calendar = new Date(`${date}T00:00:00Z`);
  return calendar.getUTCDate() === Number(day) ? time : undefined;
}
