import type { Notice } from '../modules/sitting/index.js';

type Words = Pick<Notice, 'issuer' | 'provinceCode' | 'schoolCode' | 'kind' | 'title'> & { body: string };

const everywhere = { provinceCode: null, schoolCode: null, kind: null };

/** What candidates of the demonstration read: the authority's, a province's and a school's notices (R-WE-8). */
export const DEMO_NOTICES: readonly Words[] = [
  {
    ...everywhere,
    issuer: 'CENTRAL',
    title: '关于本次考试报名的说明',
    body: '考生须先完成笔试报考并缴费，才能报考同级别的口试。请在报名开放时间内完成缴费，只有显示“已支付”才算报考成功。',
  },
  {
    ...everywhere,
    issuer: 'CENTRAL',
    kind: 'ORAL',
    title: '口试考试时间',
    body: '英语四级口试和英语六级口试各安排在一天内分场进行，具体时间和地点以口试准考证为准。',
  },
  {
    ...everywhere,
    issuer: 'PROVINCE',
    provinceCode: '12',
    title: '天津市考生须知',
    body: '天津市考生须携带准考证、有效身份证件和学生证参加考试，开考后禁止入场。',
  },
  {
    ...everywhere,
    issuer: 'SCHOOL',
    provinceCode: '12',
    schoolCode: '12001',
    title: '南开大学报名通知',
    body: '八里台校区与津南校区分别设考点，请在学籍所在校区报考；小语种可报考对本校开放的其他学校考点。',
  },
  {
    ...everywhere,
    issuer: 'SCHOOL',
    provinceCode: '12',
    schoolCode: '12001',
    kind: 'WRITTEN',
    title: '听力耳机',
    body: '笔试听力使用调频耳机，请自备并提前试音，考试当天不提供租借。',
  },
];
