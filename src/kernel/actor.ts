/** A signed-in candidate; everything they can see hangs on their account. */
export interface CandidateActor {
  readonly type: 'CANDIDATE';
  readonly accountId: string;
  readonly sessionId: string;
  /** Where the request came from, for the security log. */
  readonly address?: string;
}

/** 教育考试院 / 省级承办机构 / 学校 (R-AD) */
export type StaffRole = 'CENTRAL' | 'PROVINCE' | 'SCHOOL';

/** A member of staff; `provinceCode` and `schoolCode` bound what they see and do. */
export interface StaffActor {
  readonly type: 'STAFF';
  readonly staffId: string;
  readonly role: StaffRole;
  readonly provinceCode?: string;
  readonly schoolCode?: string;
  /** Which member of staff last gave them a way in, by inviting them or resetting their password. */
  readonly invitedBy?: string;
  /** Where the request came from, for the security log. */
  readonly address?: string;
}

/** A job, the command line or a payment platform's authenticated message. `cause` says which, for ledgers and audit. */
export interface SystemActor {
  readonly type: 'SYSTEM';
  readonly cause: string;
}

export type Actor = CandidateActor | StaffActor | SystemActor;

/** Who a ledger or audit line names: `CANDIDATE 0193…`, `STAFF 0193…`, `SYSTEM enrolment.lapse`. */
export function actorLabel(actor: Actor): string {
  switch (actor.type) {
    case 'CANDIDATE':
      return `CANDIDATE ${actor.accountId}`;
    case 'STAFF':
      return `STAFF ${actor.staffId}`;
    case 'SYSTEM':
      return `SYSTEM ${actor.cause}`;
  }
}
