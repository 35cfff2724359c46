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
export function theNewestAgreementIsAccepted(accepted: boolean): void {
  if (!accepted) throw AGREEMENT_NOT_ACCEPTED();
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

export const AGREEMENT_CHANGED_MEANWHILE = refusal(
  'AGREEMENT_CHANGED_MEANWHILE',
  409,
  { zh: '协议已有新版本', en: 'A newer version is there' },
  {
    zh: '在您编辑期间，第 {version} 版协议已经发布。请在最新版本的基础上重新编辑。',
    en: 'Version {version} was published while you were writing. Begin again from that one.',
  },
);
/** R-QU-1: a version is written from the one in force. @throws AGREEMENT_CHANGED_MEANWHILE */
export function theNewestVersionWasRead(basedOn: number, current: number): void {
  if (basedOn !== current) throw AGREEMENT_CHANGED_MEANWHILE({ values: { version: current } });
}

export const AGREEMENT_UNCHANGED = refusal(
  'AGREEMENT_UNCHANGED',
  422,
  { zh: '协议没有改动', en: 'The agreement is the same' },
  {
    zh: '中英文文本都不能为空，且应与当前版本有所不同：发布新版本会要求所有考生重新阅读。',
    en: 'Give both texts, and change something: a new version asks every candidate again.',
  },
  'textZh',
);
/** R-QU-1: nobody is asked again for nothing. @throws AGREEMENT_UNCHANGED */
export function agreementSaysSomethingNew(
  next: { textZh: string; textEn: string },
  current: { textZh: string; textEn: string },
): void {
  const same = next.textZh === current.textZh && next.textEn === current.textEn;
  if (same || next.textZh === '' || next.textEn === '') throw AGREEMENT_UNCHANGED();
}
