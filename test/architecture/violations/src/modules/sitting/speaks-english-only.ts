// must fail: refusals-in-both-languages
import { refusal } from '../../kernel/domain-error.js';

export const FEE_UNSET = refusal('FEE_UNSET', 409, { zh: 'No fee', en: 'No fee' }, { zh: '请联系学校。', en: 'Ask.' });
