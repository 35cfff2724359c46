import { newId } from '../../kernel/ids.js';

export const passport = newId();
