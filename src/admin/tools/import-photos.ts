import { Injectable } from '@nestjs/common';
import { type ImportedPhotos, ImportPhotos, PHOTO_LIMITS } from '../../modules/qualification/index.js';
import { COMPONENTS } from '../components.js';
import type { Tool } from '../panel/tool.js';
import { type CheckedFile, importVerbs } from './file-import.js';

const ZIP = { megabytes: 500, endings: ['.zip'] } as const;

const { least, most, kilobytes } = PHOTO_LIMITS;

/** 照片导入 by zip. */
@Injectable()
export class PhotoImportTool implements Tool {
  readonly id = 'photo-import';
  readonly name = '照片导入';
  readonly icon = 'Image';
  readonly section = 'CANDIDATES';
  readonly component = COMPONENTS.fileImport;
  readonly roles = ['SCHOOL'] as const;
  readonly verbs;

  constructor(importPhotos: ImportPhotos) {
    this.verbs = importVerbs(
      {
        name: this.name,
        text: `把照片压缩为一个 ZIP 文件上传。每张照片以考生的证件号码或学号命名，如 37990220041108078X.jpg；JPEG 格式，竖版，宽 ${least.width}–${most.width}、高 ${least.height}–${most.height} 像素，不超过 ${kilobytes} KB。同一考生再次导入会替换原照片。`,
        accept: '.zip',
        unit: '张',
        hasTemplate: false,
      },
      ZIP,
      async ({ takeGood, ...command }, actor) =>
        checkedPhotos(await importPhotos.execute({ ...command, takeGoodFiles: takeGood }, actor)),
    );
  }
}

function checkedPhotos(photos: ImportedPhotos): CheckedFile {
  const { sha256, files, added, replaced, unchanged, rejected, faults, stored } = photos;
  return {
    sha256,
    counts: [
      { label: '共', value: files },
      { label: '新增', value: added },
      { label: '替换', value: replaced },
      { label: '未变', value: unchanged },
      { label: '有误', value: rejected },
    ],
    faults: { columns: ['文件', '问题'], rows: faults.map(({ file, message }) => [file, message.zh]) },
    faultCount: rejected,
    notes: [],
    good: added + replaced,
    stored,
  };
}
