import { newId } from '../../kernel/ids.js';

export const payment = newId();
