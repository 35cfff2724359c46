import {
  CET4_RESULT_COLUMNS,
  ROSTER_COLUMNS,
  SUBJECT_LIST_COLUMNS,
} from '../../modules/qualification/index.js';
import { CAMPUS_COLUMNS, SCHOOL_COLUMNS, VENUE_COLUMNS } from '../../modules/sitting/index.js';
import { templateWorkbook } from '../../platform/import/template.js';
import type { DownloadedFile, ToolDownload } from '../panel/tool.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DOCUMENT = {
  documentType: { meaning: '可选值', example: '居民身份证' },
  documentNumber: { meaning: '40字以内；身份证号校验末位', example: '37990220041108078X' },
};
const NAME = { meaning: '100字以内，可含生僻字', example: '王𬱖' };
const SCHOOL = { meaning: '5位学校代码', example: '12001' };

/** The workbooks people fill in, one for each kind of file. The people in them are invented. */
const TEMPLATES = {
  学籍: () =>
    templateWorkbook('学籍', ROSTER_COLUMNS, {
      campusCode: { meaning: '6位校区代码', example: '120010' },
      ...DOCUMENT,
      name: NAME,
      gender: { meaning: '可选值', example: '女' },
      educationLevel: { meaning: '可选值', example: '本科' },
      duration: { meaning: '学制（年），10字以内', example: '4' },
      entryYear: { meaning: '4位或2位年份', example: '2024' },
      grade: { meaning: '20字以内，与报考条件中的年级写法一致', example: '2024' },
      college: { meaning: '100字以内', example: '化学学院' },
      major: { meaning: '100字以内', example: '高分子化学与物理' },
      className: { meaning: '100字以内', example: '材化1班' },
      studentNumber: { meaning: '50字以内；照片可以按学号命名', example: '2410036' },
      remark: { meaning: '500字以内', example: '学籍异动中' },
      phone: { meaning: '11位手机号；集体报名的考生首次登录时，验证码发到这里', example: '13800001234' },
      schoolCode: { meaning: '可不填；填写时与校区代码核对', example: '12001' },
      provinceCode: { meaning: '可不填；填写时与校区代码核对', example: '12' },
    }),
  黑白名单: () =>
    templateWorkbook('黑白名单', SUBJECT_LIST_COLUMNS, {
      schoolCode: SCHOOL,
      ...DOCUMENT,
      subjectCode: { meaning: '科目代码或名称', example: '英语六级' },
      list: { meaning: '白名单：不受报考条件限制；黑名单：不得报考。可选值', example: '白名单' },
      reason: { meaning: '200字以内', example: '2004年四级成绩' },
    }),
  四级成绩: () =>
    templateWorkbook('四级成绩', CET4_RESULT_COLUMNS, {
      ticketNumber: { meaning: '15位英语四级笔试准考证号', example: '120010251100112' },
      documentType: { ...DOCUMENT.documentType, meaning: '成绩记录没有证件类型时不填。可选值' },
      documentNumber: DOCUMENT.documentNumber,
      name: NAME,
      score: { meaning: '0–710的整数', example: '512' },
    }),
  学校: () =>
    templateWorkbook('学校', SCHOOL_COLUMNS, {
      provinceCode: { meaning: '2位省份代码', example: '12' },
      provinceName: { meaning: '50字以内；同一省份各行应一致', example: '天津市' },
      code: { meaning: '5位学校代码，前两位是省份代码', example: '12001' },
      name: { meaning: '100字以内', example: '南开大学' },
      city: { meaning: '50字以内', example: '天津市' },
      educationLevel: { meaning: '20字以内', example: '本科' },
      moeCode: { meaning: '20字以内', example: '4112010055' },
    }),
  校区: () =>
    templateWorkbook('校区', CAMPUS_COLUMNS, {
      schoolCode: SCHOOL,
      code: { meaning: '6位校区代码，前五位是学校代码', example: '120010' },
      name: { meaning: '100字以内', example: '八里台校区' },
      oralElsewhereAllowed: { meaning: '是或否；不填为是', example: '是' },
    }),
  考点科目: () =>
    templateWorkbook('考点科目', VENUE_COLUMNS, {
      campusCode: { meaning: '6位校区代码', example: '120010' },
      subjectCode: { meaning: '科目代码或名称', example: '英语四级' },
      capacity: { meaning: '不小于已占考位的整数', example: '800' },
      feeFen: { meaning: '元，可有两位小数；不填为未设置', example: '30.00' },
      examStartsAt: { meaning: '与考试结束时间同时填写', example: '2026-12-12 09:00' },
      examEndsAt: { meaning: '晚于考试开始时间', example: '2026-12-12 11:20' },
      opensAt: { meaning: '与报名结束时间同时填写', example: '2026-10-31 11:30' },
      closesAt: { meaning: '晚于报名开始时间', example: '2026-11-07 17:00' },
      admission: { meaning: '本校、全部，或指定学校的代码，用顿号分开', example: '本校' },
      ticketPrinting: { meaning: '可选值', example: '考生自行打印' },
      ticketAvailableAt: { meaning: '只用于笔试', example: '2026-12-01 09:00' },
    }),
};

/** The download of a template, for the tool that takes such files in. */
export function templateDownload(kind: keyof typeof TEMPLATES): ToolDownload {
  return {
    name: 'template',
    run: async (): Promise<DownloadedFile> => ({
      fileName: `${kind}导入模板.xlsx`,
      type: XLSX,
      content: await TEMPLATES[kind](),
    }),
  };
}
