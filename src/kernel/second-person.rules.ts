import type { StaffActor } from './actor.js';
import { refusal } from './domain-error.js';

export const SECOND_PERSON_NEEDED = refusal(
  'SECOND_PERSON_NEEDED',
  409,
  { zh: '须由另一人审核', en: 'A second person decides' },
  {
    zh: '不能由提交人本人审核，请由有权审核的另一位工作人员审核。',
    en: 'Whoever submitted this does not approve it; another member of staff does.',
  },
);
/** R-PA-9, "a second person's approval", and wherever else one person is not enough. @throws SECOND_PERSON_NEEDED */
export function aSecondPersonDecides(
  { submittedBy }: { submittedBy: string },
  { staffId }: Pick<StaffActor, 'staffId'>,
): void {
  if (submittedBy === staffId) throw SECOND_PERSON_NEEDED();
}

export const SUBMITTER_INVITED_BY_YOU = refusal(
  'SUBMITTER_INVITED_BY_YOU',
  409,
  { zh: '提交人的账号由您开通', en: 'You gave the submitter their account' },
  {
    zh: '提交人的账号由您开通或重置过密码，请由有权审核的另一位工作人员审核。',
    en: 'You invited whoever submitted this, or reset their password; another member of staff approves it.',
  },
);
/** Whoever could have signed in as the submitter is no second person. @throws SUBMITTER_INVITED_BY_YOU */
export function nobodyApprovesForWhomTheyInvited(
  { submitterInvitedBy }: { submitterInvitedBy: string | null },
  { staffId }: Pick<StaffActor, 'staffId'>,
): void {
  if (submitterInvitedBy === staffId) throw SUBMITTER_INVITED_BY_YOU();
}
