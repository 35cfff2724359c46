import type { Bilingual } from '../kernel/domain-error.js';
import { DOCUMENT_TYPES, type IdentityDocument } from '../kernel/words.js';

/** Students of the demonstration worth trying, and what each of them shows. The README lists them too. */
export const DEMO_STUDENTS: readonly (IdentityDocument & { name: string; shows: Bilingual })[] = [
  {
    documentType: 'RESIDENT_ID',
    documentNumber: '129901200503140177',
    name: '陈思远',
    shows: {
      zh: '四级 512 分：四、六级笔试和口试都可报考',
      en: 'CET4 512: may take CET4, CET6 and both orals',
    },
  },
  {
    documentType: 'RESIDENT_ID',
    documentNumber: '139901200607220261',
    name: '王𬱖',
    shows: {
      zh: '姓名含生僻字；四级成绩登记在护照下，可用准考证号 120010252101218 申请 CET6 资格复核（转为未复核）',
      en: 'A rare character; CET4 passed under a passport: ask for a CET6 review with ticket 120010252101218 (pending)',
    },
  },
  {
    documentType: 'PASSPORT',
    documentNumber: '99301000037',
    name: '郎璐依珊',
    shows: {
      zh: '护照考生；日、德、俄、法语可跨校报考，本校德语四级只有 1 个考位',
      en: 'A passport; minor languages at other schools too, and one single seat for German 4 at her own',
    },
  },
  {
    documentType: 'RESIDENT_ID',
    documentNumber: '37990220041108078X',
    name: '李欣怡',
    shows: {
      zh: '证件号末位 X（小写也可）；本校区六级没有考位，可提交候补',
      en: 'A number ending in X (or x); no CET6 seat at her campus, so she may queue',
    },
  },
  {
    documentType: 'RESIDENT_ID',
    documentNumber: '65990120060911048X',
    name: '阿依古丽·买买提',
    shows: {
      zh: '少数民族姓名，间隔号怎样输入都可以；四级 446 分',
      en: 'A minority name, whichever middle dot is typed; CET4 446',
    },
  },
  {
    documentType: 'RESIDENT_ID',
    documentNumber: '149901200506010312',
    name: '赵子轩',
    shows: { zh: '在黑名单中：不能报考英语四、六级', en: 'Blacklisted: may take neither CET4 nor CET6' },
  },
];

/** One line for each of them, for the terminal. */
export function demoStudentLines(): string[] {
  return DEMO_STUDENTS.map(
    ({ documentType, documentNumber, name, shows }) =>
      `${DOCUMENT_TYPES[documentType]} ${documentType}  ${documentNumber}  ${name}\n    ${shows.zh} · ${shows.en}`,
  );
}
