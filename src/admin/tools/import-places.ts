import { Injectable } from '@nestjs/common';
import { ImportCampuses, ImportSchools, ImportVenues } from '../../modules/sitting/index.js';
import { COMPONENTS } from '../components.js';
import type { Tool } from '../panel/tool.js';
import { checkedLines, importVerbs, LINE_FILE, LINE_FILE_ACCEPT } from './file-import.js';
import { templateDownload } from './import-templates.js';

const CENTRAL_ONLY = ['CENTRAL'] as const;
const LINES = { accept: LINE_FILE_ACCEPT, unit: '行', hasTemplate: true } as const;

/** 学校导入, with their provinces. */
@Injectable()
export class SchoolImportTool implements Tool {
  readonly id = 'school-import';
  readonly name = '学校导入';
  readonly icon = 'Upload';
  readonly section = 'EXAM';
  readonly component = COMPONENTS.fileImport;
  readonly roles = CENTRAL_ONLY;
  readonly downloads = [templateDownload('学校')];
  readonly verbs;

  constructor(importSchools: ImportSchools) {
    this.verbs = importVerbs(
      {
        ...LINES,
        name: this.name,
        text: '按学校代码新增或更新学校，省份随学校一起导入。文件中没有的学校保持不变。',
      },
      LINE_FILE,
      async ({ takeGood, ...command }, actor) =>
        checkedLines(await importSchools.execute({ ...command, takeGoodLines: takeGood }, actor)),
    );
  }
}

/** 校区导入 */
@Injectable()
export class CampusImportTool implements Tool {
  readonly id = 'campus-import';
  readonly name = '校区导入';
  readonly icon = 'Upload';
  readonly section = 'EXAM';
  readonly component = COMPONENTS.fileImport;
  readonly roles = CENTRAL_ONLY;
  readonly downloads = [templateDownload('校区')];
  readonly verbs;

  constructor(importCampuses: ImportCampuses) {
    this.verbs = importVerbs(
      {
        ...LINES,
        name: this.name,
        text: '按校区代码新增或更新校区，所属学校应已导入。文件中没有的校区保持不变。',
      },
      LINE_FILE,
      async ({ takeGood, ...command }, actor) =>
        checkedLines(await importCampuses.execute({ ...command, takeGoodLines: takeGood }, actor)),
    );
  }
}

/** 考点科目导入, into the current sitting. */
@Injectable()
export class VenueImportTool implements Tool {
  readonly id = 'venue-import';
  readonly name = '考点科目导入';
  readonly icon = 'Upload';
  readonly section = 'EXAM';
  readonly component = COMPONENTS.fileImport;
  readonly roles = CENTRAL_ONLY;
  readonly downloads = [templateDownload('考点科目')];
  readonly verbs;

  constructor(importVenues: ImportVenues) {
    this.verbs = importVerbs(
      {
        ...LINES,
        name: this.name,
        text: '按校区和科目新增或更新当前考次的考点科目：费用、容量、考试和报名时间、开放范围、准考证打印。已占的考位不变，容量不能小于它。',
      },
      LINE_FILE,
      async ({ takeGood, ...command }, actor) =>
        checkedLines(await importVenues.execute({ ...command, takeGoodLines: takeGood }, actor)),
    );
  }
}
