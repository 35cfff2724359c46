import { Injectable } from '@nestjs/common';
import { ImportSubjectLists } from '../../modules/qualification/index.js';
import { COMPONENTS } from '../components.js';
import type { Tool } from '../panel/tool.js';
import { checkedLines, importVerbs, LINE_FILE, LINE_FILE_ACCEPT } from './file-import.js';
import { templateDownload } from './import-templates.js';

/** 黑白名单导入, into the current sitting. */
@Injectable()
export class SubjectListImportTool implements Tool {
  readonly id = 'subject-list-import';
  readonly name = '黑白名单导入';
  readonly icon = 'Upload';
  readonly section = 'CANDIDATES';
  readonly component = COMPONENTS.fileImport;
  readonly roles = ['SCHOOL'] as const;
  readonly downloads = [templateDownload('黑白名单')];
  readonly verbs;

  constructor(importSubjectLists: ImportSubjectLists) {
    this.verbs = importVerbs(
      {
        name: this.name,
        text: '白名单中的考生报考该科目不受报考条件和四级成绩限制；黑名单中的考生不得报考该科目。一行一名考生一个科目，已报考的科目不受影响。',
        accept: LINE_FILE_ACCEPT,
        unit: '行',
        hasTemplate: true,
      },
      LINE_FILE,
      async ({ takeGood, ...command }, actor) =>
        checkedLines(await importSubjectLists.execute({ ...command, takeGoodLines: takeGood }, actor)),
    );
  }
}
