import { MINUTES, SECONDS } from '../../../src/kernel/clock.js';
import { pauseAfter } from '../../../src/modules/notification/outbox-message.rules.js';

describe('how long a message waits for its next try', () => {
  it.each([
    [1, 30 * SECONDS],
    [2, 1 * MINUTES],
    [3, 2 * MINUTES],
    [6, 16 * MINUTES],
    [7, 30 * MINUTES],
    [8, undefined],
    [9, undefined],
  ])('after %i tries', (attempts, pause) => {
    expect(pauseAfter(attempts)).toBe(pause);
  });
});
