// must fail: time-is-handed-in
import { WORD } from '../../kernel/words.js';

export const cancelledAt = () => [WORD, new Date()];
