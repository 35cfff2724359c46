import { setImmediate as aTurnOfTheLoop } from 'node:timers/promises';
import DataLoader from 'dataloader';

export interface TogetherLimits {
  /** How many are served by one round. */
  most: number;
  /** How many rounds are under way at once; whoever comes meanwhile forms the next. */
  rounds: number;
}

/**
 * Serves those who ask at the same moment together, so that in a rush one round trip to the database does for many.
 * Alone nobody waits: a round begins at once while there are fewer than `rounds`. Where others wait, their round begins
 * before those served are told: the database works on while answers are written.
 */
export class Together<Ask, Answer> {
  private readonly asks: DataLoader<Ask, Answer>;
  private underWay = 0;
  private readonly ready: (() => void)[] = [];

  /**
   * `work` gives an answer or a refusal to each, in the order asked, or the promise of one, which the round does not wait
   * for; what it throws, it throws at all of them.
   */
  constructor(
    work: (asks: readonly Ask[]) => Promise<readonly (Answer | Error | Promise<Answer>)[]>,
    private readonly limits: TogetherLimits,
  ) {
    this.asks = new DataLoader(
      async (asks) => {
        try {
          const answers = await work(asks);
          // heard from now on: one that is refused before DataLoader hands it on would end the process
          void Promise.allSettled(answers);
          return answers as readonly (Answer | Error)[];
        } finally {
          this.underWay--;
          if (this.beginNext()) await aTurnOfTheLoop();
        }
      },
      {
        cache: false,
        maxBatchSize: limits.most,
        batchScheduleFn: (begin) => {
          this.ready.push(begin);
          // not before whatever else has just come in is read too
          setImmediate(() => this.beginNext());
        },
      },
    );
  }

  ask(ask: Ask): Promise<Answer> {
    return this.asks.load(ask);
  }

  /** True: somebody was waiting. */
  private beginNext(): boolean {
    if (this.underWay >= this.limits.rounds) return false;
    const begin = this.ready.shift();
    if (!begin) return false;
    this.underWay++;
    begin();
    return true;
  }
}
