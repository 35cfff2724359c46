// must fail: refusals-in-both-languages
import { refusal } from '../../kernel/domain-error.js';

export const WAIT = refusal('WAIT', 429, { zh: '请稍候', en: 'Wait' }, { zh: '请等 {seconds} 秒。', en: 'Please wait.' });
