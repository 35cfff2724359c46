import type { Logger } from 'pino';
import { DomainError } from '../kernel/domain-error.js';

export type LogWriter = Logger;

/** What opens an account, or tries to. */
export type SecurityEvent =
  | 'passport.register'
  | 'passport.code'
  | 'passport.sign-in'
  | 'passport.session-end'
  | 'passport.password-change'
  | 'passport.password-reset'
  | 'passport.phone-change'
  | 'passport.email-change'
  | 'passport.owner-change'
  | 'staff.sign-in'
  | 'staff.sign-in-code'
  | 'staff.sign-out'
  | 'staff.lock'
  | 'staff.unlock'
  | 'staff.session-end'
  | 'staff.password-change'
  | 'staff.second-factor-on'
  | 'staff.second-factor-off'
  | 'staff.add'
  | 'staff.edit'
  | 'staff.disable'
  | 'staff.enable'
  | 'staff.invite-again'
  | 'staff.invitation-accept'
  | 'staff.role';

/** Whom it was about, and from where. Ids and network addresses only: nothing that people type, no number of theirs. */
export interface SecurityFacts {
  /** Whose account it is, as far as that is known. */
  accountId?: string;
  staffId?: string;
  /** Which member of staff did it to somebody else's account. */
  by?: string;
  address?: string;
  /** What a code was for, or which change of owner it is. */
  purpose?: string;
  /** Where it ended well but is not over: `CODE_AWAITED`, `REQUESTED` of a second person. */
  outcome?: string;
}

/**
 * A line for every sign-in, lock, password and contact, and for whoever was refused: who, from where, and how it ended. It
 * is written whatever `LOG_LEVEL` says, unless that is `silent`; a refusal at `warn`.
 */
export class SecurityLog {
  private readonly logger: Logger | undefined;

  constructor(logger: Logger | undefined) {
    this.logger = logger && logger.level !== 'silent' ? logger.child({}, { level: 'info' }) : undefined;
  }

  /**
   * Does the work and writes how it ended: `OK`, or the code of its refusal. What the work finds out about whom it
   * concerns it adds to `known`.
   */
  async during<T>(
    event: SecurityEvent,
    facts: SecurityFacts,
    work: (known: SecurityFacts) => Promise<T>,
  ): Promise<T> {
    const known = { ...facts };
    try {
      const result = await work(known);
      this.note(event, known);
      return result;
    } catch (error) {
      this.note(event, { ...known, outcome: error instanceof DomainError ? error.code : 'ERROR' });
      throw error;
    }
  }

  /** Writes what has happened. */
  note(event: SecurityEvent, { outcome = 'OK', ...facts }: SecurityFacts): void {
    const level = ['OK', 'CODE_AWAITED', 'REQUESTED'].includes(outcome) ? 'info' : 'warn';
    this.logger?.[level]({ event, outcome, ...facts });
  }
}
