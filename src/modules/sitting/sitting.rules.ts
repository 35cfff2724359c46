import { refusal } from '../../kernel/domain-error.js';

/** There is something to register for. */
export const NO_CURRENT_SITTING = refusal(
  'NO_CURRENT_SITTING',
  404,
  { zh: '当前没有开放的考次', en: 'No sitting at present' },
  {
    zh: '当前没有可以报名的考次，请关注学校和考试网站的通知。',
    en: 'There is no sitting to register for at present.',
  },
);
