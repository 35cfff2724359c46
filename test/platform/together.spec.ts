import { setImmediate as soon } from 'node:timers/promises';
import { Together } from '../../src/platform/together.js';

/** Rounds that end when told to. */
function heldBack(limits = { most: 3, rounds: 1 }) {
  const rounds: { asks: readonly number[]; end: (error?: Error) => void }[] = [];
  const together = new Together<number, string>(
    (asks) =>
      new Promise((resolve, reject) => {
        const answers = asks.map((ask) => (ask < 0 ? new Error(`no ${ask}`) : `yes ${ask}`));
        rounds.push({ asks, end: (error) => (error ? reject(error) : resolve(answers)) });
      }),
    limits,
  );
  return { together, rounds, begun: () => rounds.map(({ asks }) => asks) };
}

describe('Those who ask at the same moment', () => {
  it('are served together, each with an answer of their own', async () => {
    const { together, rounds } = heldBack();
    const asked = [together.ask(1), together.ask(-2), together.ask(3)];
    await soon();
    rounds[0]!.end();
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes).toMatchObject([
      { value: 'yes 1' },
      { reason: { message: 'no -2' } },
      { value: 'yes 3' },
    ]);
  });

  it('asked alone, begin at once', async () => {
    const { together, begun } = heldBack();
    void together.ask(1);
    await soon();
    expect(begun()).toEqual([[1]]);
  });

  it('form the next round while one is under way, and no round has more than the most', async () => {
    const { together, rounds, begun } = heldBack();
    const first = together.ask(1);
    await soon();
    const others = [2, 3, 4, 5].map((n) => together.ask(n));
    await soon();
    expect(begun()).toEqual([[1]]);
    rounds[0]!.end();
    await first;
    await soon();
    expect(begun()).toEqual([[1], [2, 3, 4]]);
    rounds[1]!.end();
    await soon();
    await soon();
    rounds[2]!.end();
    await expect(Promise.all(others)).resolves.toEqual(['yes 2', 'yes 3', 'yes 4', 'yes 5']);
  });

  it('have sent their first statement before those served are told', async () => {
    const happened: string[] = [];
    const together = new Together<number, number>(
      async (asks) => {
        await new Promise<void>((resolve) => process.nextTick(resolve));
        happened.push(`${asks} sent`);
        await soon();
        return asks;
      },
      { most: 1, rounds: 1 },
    );
    await Promise.all([1, 2].map((n) => together.ask(n).then(() => happened.push(`${n} told`))));
    expect(happened).toEqual(['1 sent', '2 sent', '1 told', '2 told']);
  });

  it('several rounds are under way where that is allowed', async () => {
    const { together, begun } = heldBack({ most: 1, rounds: 2 });
    for (const n of [1, 2, 3]) void together.ask(n);
    await soon();
    await soon();
    expect(begun()).toEqual([[1], [2]]);
  });

  it('all fail when their round does, and the next one is served', async () => {
    const { together, rounds } = heldBack();
    const asked = Promise.allSettled([together.ask(1), together.ask(2)]);
    await soon();
    rounds[0]!.end(new Error('The database is away.'));
    expect(await asked).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    const next = together.ask(3);
    await soon();
    rounds[1]!.end();
    await expect(next).resolves.toBe('yes 3');
  });
});
