import { type Profiler, Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';

/** Code that is optimised, or was compiled before, counts nothing. */
const FLAGS = ['opt', 'maglev', 'use-osr', 'compilation-cache'];

/**
 * Counts the steps of a piece of work, so that a test can say how they grow with its input without looking at a clock:
 * each time a block of JavaScript runs, ours or a library's, as the engine itself counts for coverage; and for each
 * built-in function that walks along a text or a list, as many steps as it walks. What a regular expression does inside
 * one walk is not seen here: that it takes no more than that is what `npm run check:regexes` proves.
 *
 * Only modules that are loaded after `begin` are counted: whoever counts imports them then.
 */
export class StepCounter {
  private constructor(private readonly session: Session) {}

  static async begin(): Promise<StepCounter> {
    for (const flag of FLAGS) setFlagsFromString(`--no-${flag}`);
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    return new StepCounter(session);
  }

  async end(): Promise<void> {
    await this.session.post('Profiler.stopPreciseCoverage');
    this.session.disconnect();
    for (const flag of FLAGS) setFlagsFromString(`--${flag}`);
  }

  async during(work: () => unknown): Promise<number> {
    await this.blocks();
    const walks = new Walks();
    try {
      await work();
    } finally {
      walks.end();
    }
    return (await this.blocks()) + walks.steps;
  }

  /** That ran since it was asked last. */
  private async blocks(): Promise<number> {
    const { result } = (await this.session.post(
      'Profiler.takePreciseCoverage',
    )) as Profiler.TakePreciseCoverageReturnType;
    return (
      result
        // Node's own modules are not asked for, nor is what is done here to count
        .filter(({ url }) => !url.startsWith('node:') && url !== import.meta.url)
        .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
        .reduce((sum, { count }) => sum + count, 0)
    );
  }
}

/** How far a built-in walked along what it was called on; those that call us at each item are counted by that. */
type Walked = (self: string & unknown[], given: unknown[], answer: unknown) => number;

const WALKED: Readonly<Record<string, Walked>> = {
  all: ({ length }) => length,
  untilFound: ({ length }, [, from], at) =>
    ((at as number) < 0 ? length : (at as number)) - Number(from ?? 0),
  cutOff: ({ length }, _given, answer) => length - (answer as string).length,
  made: (_self, _given, answer) => (answer as string).length,
};
const BUILT_INS: readonly [object, Walked, string][] = [
  [String.prototype, WALKED.untilFound!, 'indexOf'],
  [String.prototype, WALKED.cutOff!, 'trim trimStart trimEnd'],
  [String.prototype, WALKED.made!, 'repeat padStart padEnd'],
  [String.prototype, WALKED.all!, 'includes replaceAll split normalize toLowerCase toUpperCase isWellFormed'],
  [Array.prototype, WALKED.untilFound!, 'indexOf'],
  [
    Array.prototype,
    WALKED.all!,
    'includes join concat slice splice shift unshift reverse fill flat sort toSorted',
  ],
];

/** Watches the built-ins while work is done. */
class Walks {
  steps = 0;
  private readonly undo: (() => void)[] = [];

  constructor() {
    for (const [prototype, walked, names] of BUILT_INS)
      for (const name of names.split(' ')) this.watch(prototype, walked, name);
    // whatever matches a regular expression does it by this
    let from = 0;
    let isSticky = false;
    this.watch(
      RegExp.prototype,
      (_self, [text], found) => {
        if (found)
          return (found as RegExpExecArray).index + String((found as RegExpExecArray)[0]).length - from;
        return isSticky ? 0 : String(text).length - from;
      },
      'exec',
      (regex) => {
        const { global, sticky, lastIndex } = regex as RegExp;
        [from, isSticky] = [global || sticky ? lastIndex : 0, sticky];
      },
    );
  }

  end(): void {
    for (const put of this.undo) put();
  }

  private watch(prototype: object, walked: Walked, name: string, before?: (self: unknown) => void): void {
    const original = Object.getOwnPropertyDescriptor(prototype, name)!;
    const call = original.value as (...given: unknown[]) => unknown;
    const count = (self: unknown, given: unknown[], answer: unknown) => {
      this.steps += 1 + Math.max(0, walked(self as never, given, answer));
    };
    Object.defineProperty(prototype, name, {
      ...original,
      value(this: unknown, ...given: unknown[]) {
        before?.(this);
        const answer = call.apply(this, given);
        count(this, given, answer);
        return answer;
      },
    });
    this.undo.push(() => Object.defineProperty(prototype, name, original));
  }
}
