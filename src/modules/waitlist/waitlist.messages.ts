import { toShanghaiText } from '../../kernel/clock.js';
import { SUBJECTS, type SubjectCode } from '../../kernel/words.js';

/** 候补成功短信 (R-WL-3). No name, no number: a phone may be in other hands. */
export function seatAllocatedMessage(subjectCode: SubjectCode, payBy: Date): string {
  const { name } = SUBJECTS[subjectCode];
  return `【CET报名】您候补的${name}已候补成功，请于${toShanghaiText(payBy)}前登录报名网站缴费，逾期未缴费报名将失效。以网站显示为准。`;
}
