import { newId } from '../../kernel/ids.js';

export const registration = newId();
