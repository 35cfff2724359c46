import { Injectable } from '@nestjs/common';
import { ImportCet4Results } from '../../modules/qualification/index.js';
import { COMPONENTS } from '../components.js';
import type { Tool } from '../panel/tool.js';
import { checkedLines, importVerbs, LINE_FILE, LINE_FILE_ACCEPT } from './file-import.js';
import { templateDownload } from './import-templates.js';

/** 四级成绩导入: they open CET6 (R-QU-3) and answer reviews (R-CR-3). */
@Injectable()
export class Cet4ResultImportTool implements Tool {
  readonly id = 'cet4-result-import';
  readonly name = '四级成绩导入';
  readonly icon = 'Upload';
  readonly section = 'CANDIDATES';
  readonly component = COMPONENTS.fileImport;
  readonly roles = ['CENTRAL'] as const;
  readonly downloads = [templateDownload('四级成绩')];
  readonly verbs;

  constructor(importCet4Results: ImportCet4Results) {
    this.verbs = importVerbs(
      {
        name: this.name,
        text: '按准考证号导入英语四级笔试成绩。证件号码和姓名都一致且不低于425分的考生即具备六级报考资格；资格复核也以这些成绩为准。准考证号相同的成绩以新导入的为准。',
        accept: LINE_FILE_ACCEPT,
        unit: '行',
        hasTemplate: true,
      },
      LINE_FILE,
      async ({ takeGood, ...command }, actor) =>
        checkedLines(await importCet4Results.execute({ ...command, takeGoodLines: takeGood }, actor)),
    );
  }
}
