/** What a candidate is told of the school's decision. No name, no number and no reason: a phone may be in other hands. */
export interface Cet6ReviewMessage {
  subject: string;
  body: string;
}

/** R-CR-7: a decision to approve gives the CET6 qualification as soon as it is final, ten seconds after it was given. */
export const CET6_APPROVED: Cet6ReviewMessage = {
  subject: 'CET6资格复核已通过',
  body: '【CET报名】您的CET6资格复核已通过，可以报考英语六级。请在报名截止前登录报名网站办理，以网站显示为准。',
};

/** R-CR-6: rejected may be changed and resubmitted, or deleted. */
export const CET6_REJECTED: Cet6ReviewMessage = {
  subject: 'CET6资格复核未通过',
  body: '【CET报名】您的CET6资格复核未通过，原因请登录报名网站查看，可以修改后重新提交，或联系学校相关部门。',
};

/** R-CR-7: for results from before 2005. */
export const CET6_ADDED_BY_HAND: Cet6ReviewMessage = {
  subject: '您已具备CET6报考资格',
  body: '【CET报名】学校已为您添加英语六级报考资格。请在报名截止前登录报名网站办理，以网站显示为准。',
};
