// must fail: one-code-one-rule
import { refusal } from '../../kernel/domain-error.js';

export const SEATS_FULL = refusal('SEATS_FULL', 409, { zh: '考位已满', en: 'No seat left' }, { zh: '请候补。', en: 'Wait.' });
export const NO_SEATS = refusal('SEATS_FULL', 409, { zh: '考位已满', en: 'No seat left' }, { zh: '请候补。', en: 'Wait.' });
