import { refusal } from '../../kernel/domain-error.js';

export const AGREEMENT_NOT_ACCEPTED = refusal(
  'AGREEMENT_NOT_ACCEPTED',
  403,
  { zh: '请先阅读并同意报名协议', en: 'Accept the agreement first' },
  {
    zh: '您还没有同意最新版本的报名协议，请阅读并同意后继续。',
    en: 'You have not accepted the newest version of the agreement. Read and accept it, then go on.',
  },
);
/** R-QU-1: the newest version is accepted before anything else. @throws AGREEMENT_NOT_ACCEPTED */
export function theNewestAgreementIsAccepted(acceptedAt: Date | undefined): void {
  if (!acceptedAt) throw AGREEMENT_NOT_ACCEPTED();
}

export const AGREEMENT_VERSION_OUTDATED = refusal(
  'AGREEMENT_VERSION_OUTDATED',
  409,
  { zh: '报名协议已更新', en: 'The agreement has changed' },
  {
    zh: '您同意的不是当前版本的报名协议，请重新阅读当前版本后再同意。',
    en: 'This is not the current version of the agreement. Read the current one, then accept it.',
  },
);
/** R-QU-1: what is accepted is what is in force. @throws AGREEMENT_VERSION_OUTDATED */
export function theVersionIsCurrent(version: number, current: number): void {
  if (version !== current) throw AGREEMENT_VERSION_OUTDATED();
}
