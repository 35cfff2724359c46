import { newId } from '../../kernel/ids.js';

export const oral_exam = newId();
