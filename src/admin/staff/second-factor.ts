import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { SecretBox } from '../../platform/http/secret-box.js';
import { aSecretIsSetUp, theCodeIsRightAndNew } from './second-factor.rules.js';
import type { Staff } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';
import { newTotpSecret, stepOfCode } from './totp.js';

const RECOVERY_CODES = 10;
/** Without the signs that look alike. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Codes that people type besides their password: of an authenticator app, or of a list for when the phone is lost. */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly staff: StaffRepository,
    private readonly secrets: SecretBox,
  ) {}

  /** A new secret, in clear for the app and sealed for the table. */
  newSecret(): { secret: string; sealed: string } {
    const secret = newTotpSecret();
    return { secret, sealed: this.secrets.seal('staff-totp', secret) };
  }

  /**
   * Takes an app's code, so that it is not taken again. `staff` is held still.
   *
   * @throws TOTP_NOT_BEGUN, STAFF_CODE_WRONG
   */
  async takeCode(tx: Tx, staff: Staff, typed: string): Promise<void> {
    aSecretIsSetUp(staff);
    const step = stepOfCode(this.secrets.open('staff-totp', staff.totpSecret!), tidied(typed), tx.now);
    theCodeIsRightAndNew(step !== undefined && (await this.staff.takeTotpStep(tx, staff.id, step)));
  }

  /** Takes an app's code or a recovery code. @throws STAFF_CODE_WRONG */
  async take(tx: Tx, staff: Staff, typed: string): Promise<void> {
    const hash = this.hashOf(staff.id, tidied(typed));
    const left = staff.recoveryCodeHashes ?? [];
    if (!left.includes(hash)) return this.takeCode(tx, staff, typed);
    await this.staff.update(tx, staff.id, { recoveryCodeHashes: left.filter((one) => one !== hash) });
  }

  /** New recovery codes: in clear to be shown once, hashed for the table. */
  newRecoveryCodes(staffId: string): { codes: string[]; hashes: string[] } {
    const codes = Array.from({ length: RECOVERY_CODES }, () => `${signs(5)}-${signs(5)}`);
    return { codes, hashes: codes.map((code) => this.hashOf(staffId, tidied(code))) };
  }

  private hashOf(staffId: string, code: string): string {
    return this.secrets.hash('staff-recovery-code', `${staffId}\n${code}`);
  }
}

function signs(count: number): string {
  return Array.from({ length: count }, () => SIGNS[randomInt(SIGNS.length)]).join('');
}

function tidied(typed: string): string {
  return plainCode(typed).replace(/-/g, '').toLowerCase();
}
