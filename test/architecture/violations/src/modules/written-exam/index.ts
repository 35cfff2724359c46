import { newId } from '../../kernel/ids.js';

export const written_exam = newId();
