import { refusal } from '../../kernel/domain-error.js';

export const NOTICE_EMPTY = refusal(
  'NOTICE_EMPTY',
  422,
  { zh: '通告没有内容', en: 'The notice says nothing' },
  { zh: '请填写通告的标题和正文。', en: 'Give the notice a title and a text.' },
  'body',
);
/** R-WE-8: a notice says something. @throws NOTICE_EMPTY */
export function noticeSaysSomething({ title, text }: { title: string; text: string }): void {
  if (title.trim() === '' || text === '') throw NOTICE_EMPTY();
}

export const NOTICE_WITHDRAWN = refusal(
  'NOTICE_WITHDRAWN',
  409,
  { zh: '通告已撤回', en: 'The notice is withdrawn' },
  {
    zh: '该通告已经撤回，请重新发布后再修改。',
    en: 'The notice has been withdrawn; publish it again first.',
  },
);
/** What is withdrawn stays as candidates saw it. @throws NOTICE_WITHDRAWN */
export function noticeIsPublished({ withdrawnAt }: { withdrawnAt: Date | null }): void {
  if (withdrawnAt) throw NOTICE_WITHDRAWN();
}

export const NOTICE_NOT_WITHDRAWN = refusal(
  'NOTICE_NOT_WITHDRAWN',
  409,
  { zh: '通告没有撤回', en: 'The notice is not withdrawn' },
  { zh: '该通告没有撤回，无需重新发布。', en: 'The notice has not been withdrawn.' },
);
/** Only what was withdrawn is published again. @throws NOTICE_NOT_WITHDRAWN */
export function noticeIsWithdrawn({ withdrawnAt }: { withdrawnAt: Date | null }): void {
  if (!withdrawnAt) throw NOTICE_NOT_WITHDRAWN();
}
