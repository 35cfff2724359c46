// must fail: environment-through-config
import { WORD } from '../../kernel/words.js';

export const patience = () => process.env.PATIENCE ?? WORD;
