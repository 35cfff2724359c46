import { turnOfTheLoop } from '../../src/platform/turn-of-the-loop.js';

/** Pieces of work that so many are at, three each, and the turn of the loop each piece was done in. */
async function piecesOf(workers: number, between: () => Promise<unknown>): Promise<number[]> {
  let [turn, over] = [0, false];
  const count = () => {
    turn++;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  const done: number[] = [];
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let piece = 0; piece < 3; piece++) {
        await between();
        done.push(turn);
      }
    }),
  );
  over = true;
  return done;
}

test('long work goes on by one piece a turn, however many are at it', async () => {
  const done = await piecesOf(5, turnOfTheLoop);
  expect(done).toHaveLength(15);
  expect(new Set(done).size).toBe(15);
});

test('control: each waiting for a turn of its own, all of them go on in the same', async () => {
  const done = await piecesOf(5, () => new Promise((resolve) => setImmediate(resolve)));
  expect(new Set(done).size).toBeLessThan(5);
});
