import { Clock, later } from '../../src/kernel/clock.js';

/** 2026-11-21 09:00 in Shanghai, when nothing else is said. */
export const NINE_O_CLOCK = new Date('2026-11-21T01:00:00.000Z');

/** A clock that stands still until a story moves it. */
export class StoryClock extends Clock {
  private time = NINE_O_CLOCK;

  now(): Date {
    return this.time;
  }

  advance(milliseconds: number): void {
    this.time = later(this.time, milliseconds);
  }

  set(time: Date): void {
    this.time = time;
  }

  reset(): void {
    this.time = NINE_O_CLOCK;
  }
}
