import { refusal } from './domain-error.js';
import { hasIllegibleCharacters } from './same-to-the-eye.js';

export const NAME_ILLEGIBLE = refusal(
  'NAME_ILLEGIBLE',
  422,
  { zh: '姓名中有无法识别的字', en: 'A character of the name is unknown' },
  {
    zh: '姓名里有一个字是自造字或旧系统的专用编码，其他电脑不认识。请用输入法重新输入这个字；输入法打不出来的，请联系学校老师。',
    en: 'A character of the name is known to one computer or old system only. Type it again; if you cannot, ask your school.',
  },
  'name',
);
/** R-QU-2: a name is compared by its characters, and nobody else has a private one; `within` as for documents. @throws NAME_ILLEGIBLE */
export function nameIsLegible(name: string, within = ''): void {
  if (hasIllegibleCharacters(name)) throw NAME_ILLEGIBLE({ field: `${within}name` });
}
