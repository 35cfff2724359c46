import { createHash } from 'node:crypto';
import { refusal } from '../../kernel/domain-error.js';

export const ROWS_CHANGED_MEANWHILE = refusal(
  'ROWS_CHANGED_MEANWHILE',
  409,
  { zh: '已被他人修改', en: 'Changed by somebody else' },
  {
    zh: '您打开表单后，所选记录已被他人修改，本次没有保存。请刷新页面，查看新的内容后重新填写。',
    en: 'Somebody has changed this since you opened the form. Nothing was saved; reload and fill it in again.',
  },
);

/** What a form shows of its rows, in short: another one as soon as somebody has changed what it shows. */
export function versionOf(values: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}

/**
 * A form sends back all that it shows, and would undo what others have changed since it opened. @throws
 * ROWS_CHANGED_MEANWHILE, also if nothing says which version was filled in
 */
export function nobodyHasChangedTheRows(filledIn: unknown, version: string | undefined): void {
  if (version !== undefined && filledIn !== version) throw ROWS_CHANGED_MEANWHILE();
}
