import type { HolderMessage } from '../passport/index.js';

const SUBJECT = '全国大学英语四、六级考试报名：账号变动';

/** To whoever had taken a student: why their page says that they are not registered. No name and no number. */
export const RELEASED: HolderMessage = {
  template: 'ownership.released',
  subject: SUBJECT,
  body: '【CET报名】学校经核实，已解除您的通行证账号上的报名信息绑定，该报名信息已删除。如有疑问，请携带证件联系学校老师。',
};

export const MOVED_AWAY: HolderMessage = {
  template: 'ownership.moved',
  subject: SUBJECT,
  body: '【CET报名】学校经核实，已将您的通行证账号上的报名信息移交给考生本人的账号。如有疑问，请携带证件联系学校老师。',
};

export const MOVED_HERE: HolderMessage = {
  template: 'ownership.moved',
  subject: SUBJECT,
  body: '【CET报名】学校经核实，已将您的报名信息移入您的通行证账号，请登录报名网站查看。',
};

/** To what was bound until now. */
export const RESET: HolderMessage = {
  template: 'ownership.reset',
  subject: SUBJECT,
  body: '【CET报名】学校已重置您绑定的通行证账号，原密码和绑定的手机号、邮箱不再有效。如有疑问，请携带证件联系学校老师。',
};

/** To the student, where the school reaches them. */
export const HOW_TO_COME_IN =
  '【CET报名】学校已重置您的通行证账号。请用证件号码和初始密码登录通行证，并用发到本手机的验证码修改密码。';
