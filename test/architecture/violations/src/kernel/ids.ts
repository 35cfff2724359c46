import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { WORD } from './words.js';

export const newId = () => `${WORD} ${v7()} ${randomBytes(4).toString('hex')}`;
