import { Button, type ButtonProps } from '@adminjs/design-system';
import { useLayoutEffect, useState } from 'react';
import { whenAnswered } from './panel-api';

/** So long nothing acts after something else has come under the finger. */
const PAUSE_MS = 1000;
const NOTHING = Symbol('armed for nothing');

/**
 * True once what a button is `about` has stood there for a second: one act often brings the next one's button to where
 * the hand still is, be it another row, another page, or the question whether one is sure.
 */
export function useArmed(about: string): boolean {
  const [armedFor, setArmedFor] = useState<string | symbol>(NOTHING);
  useLayoutEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pause = () => {
      clearTimeout(timer);
      setArmedFor(NOTHING);
      timer = setTimeout(() => setArmedFor(about), PAUSE_MS);
    };
    pause();
    const forget = whenAnswered(pause);
    return () => {
      forget();
      clearTimeout(timer);
    };
  }, [about]);
  return armedFor === about;
}

/**
 * The button of whatever changes something. Neither a click nor a key counts in the second after it has appeared, after
 * what it is `about` has become another, and after the server has answered anything.
 */
export function ActButton({ about = '', disabled, ...button }: ButtonProps & { about?: string }) {
  const armed = useArmed(about);
  return <Button type="button" {...button} disabled={disabled || !armed} />;
}
