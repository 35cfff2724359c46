import { WORD } from './words.js';

export const refusal = (...facts: unknown[]) => [WORD, ...facts];
