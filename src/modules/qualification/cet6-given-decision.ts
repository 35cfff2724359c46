/** On what a school approves a claim whose documents differ (所凭材料). OTHER is written out. */
export const CET6_MATERIALS = {
  ID_DOCUMENT: '本人有效身份证件原件',
  SCORE_REPORT: '四级成绩报告单原件',
  NUMBER_CHANGE_PROOF: '公安机关号码变更证明',
  OTHER: '其他，在备注中写明',
} as const;
export type Cet6Material = keyof typeof CET6_MATERIALS;

/** What the school has seen, at least one thing. */
export interface Cet6Basis {
  readonly materials: readonly Cet6Material[];
  readonly note: string | null;
}

export type Cet6Verdict = 'APPROVE' | 'REJECT';

/** A decision that is not made yet. */
export interface GivenDecision {
  readonly decision: Cet6Verdict;
  /** `actorLabel` of who gives it. */
  readonly by: string;
  readonly reason: string | null;
  readonly basis: Cet6Basis | null;
}
