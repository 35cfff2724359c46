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

/** Of the text as it is sent, formatting and all: some ten pages. */
export const LONGEST_NOTICE = 30_000;
export const NOTICE_TOO_LONG = refusal(
  'NOTICE_TOO_LONG',
  422,
  { zh: '通告过长', en: 'The notice is too long' },
  {
    zh: '通告正文连同格式不能超过 {most} 个字符，请精简，或分成几条通告。',
    en: 'A notice has at most {most} characters, its formatting included. Shorten it, or make several of it.',
  },
  'body',
);
/** Asked before anything is done with it. @throws NOTICE_TOO_LONG */
export function noticeIsNotTooLong({ body }: { body: string }): void {
  if (body.length > LONGEST_NOTICE) throw NOTICE_TOO_LONG({ values: { most: LONGEST_NOTICE } });
}

/** Every one of them stands on every page of every candidate it is for. */
export const MOST_NOTICES = 30;
export const TOO_MANY_NOTICES = refusal(
  'TOO_MANY_NOTICES',
  409,
  { zh: '通告过多', en: 'Too many notices' },
  {
    zh: '本单位在该考次已有 {most} 条通告，请先撤回不再需要的通告。',
    en: 'You have {most} notices in this sitting. Withdraw what is no longer needed first.',
  },
);
/** `published`: those of the same issuer that are not withdrawn. @throws TOO_MANY_NOTICES */
export function candidatesCanReadOneMore({ published }: { published: number }): void {
  if (published >= MOST_NOTICES) throw TOO_MANY_NOTICES({ values: { most: MOST_NOTICES } });
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
