import {
  DOCUMENT_TYPE_CODES,
  DOCUMENT_TYPES,
  type DocumentType,
  EDUCATION_LEVELS,
  type EducationLevel,
  GENDERS,
  type Gender,
} from '../../kernel/words.js';
import { Shown, ShownIfAny } from '../../platform/http/fields.js';
import type { CampusNames } from '../sitting/index.js';
import type { StudentDetails } from './student-details.js';

/** 学籍信息: each code beside the words people read. */
export class StudentDetailsShown {
  @Shown('Province code', { example: '12' })
  provinceCode: string;
  @Shown('笔试报名学校, code', { example: '12001' })
  schoolCode: string;
  @Shown('笔试报名学校', { example: '南开大学' })
  schoolName: string;
  @Shown('笔试报名校区, code', { example: '120010' })
  campusCode: string;
  @Shown('笔试报名校区', { example: '南开大学八里台校区' })
  campusName: string;
  @Shown('证件类型', { enum: DOCUMENT_TYPE_CODES, enumName: 'DocumentType' })
  documentType: DocumentType;
  @Shown('证件类型 in Chinese', { example: '居民身份证' })
  documentTypeName: string;
  @Shown('证件号码', { example: '110101200001011237' })
  documentNumber: string;
  @Shown('姓名', { example: '张三' })
  name: string;
  @Shown('性别', { enum: Object.keys(GENDERS), enumName: 'Gender' })
  gender: Gender;
  @Shown('性别 in Chinese', { example: '女' })
  genderName: string;
  @Shown('学历', { enum: Object.keys(EDUCATION_LEVELS), enumName: 'EducationLevel' })
  educationLevel: EducationLevel;
  @Shown('学历 in Chinese', { example: '本科' })
  educationLevelName: string;
  @ShownIfAny('学制, years', { example: '4' })
  duration?: string;
  @ShownIfAny('入学年份', { example: 2024 })
  entryYear?: number;
  @ShownIfAny('年级', { example: '2' })
  grade?: string;
  @ShownIfAny('院系', { example: '化学学院' })
  college?: string;
  @ShownIfAny('专业', { example: '高分子化学与物理' })
  major?: string;
  @ShownIfAny('班级', { example: '1' })
  className?: string;
  @ShownIfAny('学号', { example: '00037' })
  studentNumber?: string;
  @ShownIfAny('备注')
  remark?: string;

  static of(details: StudentDetails, { school, campus }: CampusNames): StudentDetailsShown {
    return {
      provinceCode: details.provinceCode,
      schoolCode: details.schoolCode,
      schoolName: school.name,
      campusCode: details.campusCode,
      campusName: campus.name,
      documentType: details.documentType,
      documentTypeName: DOCUMENT_TYPES[details.documentType],
      documentNumber: details.documentNumber,
      name: details.name,
      gender: details.gender,
      genderName: GENDERS[details.gender],
      educationLevel: details.educationLevel,
      educationLevelName: EDUCATION_LEVELS[details.educationLevel],
      duration: details.duration ?? undefined,
      entryYear: details.entryYear ?? undefined,
      grade: details.grade ?? undefined,
      college: details.college ?? undefined,
      major: details.major ?? undefined,
      className: details.className ?? undefined,
      studentNumber: details.studentNumber ?? undefined,
      remark: details.remark ?? undefined,
    };
  }
}
