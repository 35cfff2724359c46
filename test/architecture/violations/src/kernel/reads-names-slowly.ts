// must fail: regexes-take-linear-time
import { newId } from './ids.js';

export const id = newId();
/** What the check finds stands on the lines that say so; the others are proven to be linear. */
export const exponential = /^(a+)+$/; // refused: exponential
export const cubic = /^\s*\s*\s*,/; // refused: 3rd degree polynomial
export const trimmed = (name: string) => name.replace(/\s+$/, ''); // refused: 2nd degree polynomial
export const dotted = (name: string) => name.split(/\s*·\s*/u); // refused: 2nd degree polynomial
export const made = new RegExp('(x|x)*y', 'g'); // refused: exponential
export const given = (part: string) => new RegExp(`^${part}$`); // refused: made while the program runs
export const called = (part: string) => RegExp(part); // refused: made while the program runs
export const searched = (name: string) => name.search('[ ]*x'); // refused: 2nd degree polynomial
export const matched = (name: string, part: string) => name.match(`${part}$`); // refused: made while the program runs
export const ahead = /(?=a+b)a*c/; // refused: cannot be proven
export const linear = /^(?:a|b)+$/;
export const split = (name: string) => name.split(/[\s,]+/);
