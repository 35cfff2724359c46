import { Injectable } from '@nestjs/common';
import { ImportRoster } from '../../modules/qualification/index.js';
import { COMPONENTS } from '../components.js';
import type { Tool } from '../panel/tool.js';
import { checkedLines, importVerbs, LINE_FILE, LINE_FILE_ACCEPT } from './file-import.js';
import { templateDownload } from './import-templates.js';

/** 学籍导入, into the current sitting. Each school takes in its own. */
@Injectable()
export class RosterImportTool implements Tool {
  readonly id = 'roster-import';
  readonly name = '学籍导入';
  readonly icon = 'Upload';
  readonly section = 'CANDIDATES';
  readonly component = COMPONENTS.fileImport;
  readonly roles = ['SCHOOL'] as const;
  readonly downloads = [templateDownload('学籍')];
  readonly verbs;

  constructor(importRoster: ImportRoster) {
    this.verbs = importVerbs(
      {
        name: this.name,
        text: '把本考次的学籍导入系统，考生按证件类型、证件号码和姓名查询。文件中没有的考生保持不变；已确认报名的考生，其报名信息不随导入改变。',
        accept: LINE_FILE_ACCEPT,
        unit: '行',
        hasTemplate: true,
      },
      LINE_FILE,
      async ({ takeGood, ...command }, actor) =>
        checkedLines(await importRoster.execute({ ...command, takeGoodLines: takeGood }, actor)),
    );
  }
}
