import { Injectable } from '@nestjs/common';
import {
  HumanCheck,
  NetworkFailures,
  type NetworkLimit,
  PasswordHasher,
  type PosedCheck,
  type Visitor,
} from '../../modules/passport/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Device, Devices } from '../../platform/http/devices.js';
import { type SecurityFacts, SecurityLog } from '../../platform/security-log.js';
import { loginAsTyped } from './new-staff.rules.js';
import { SecondFactor } from './second-factor.js';
import { SignInLocks } from './sign-in-locks.js';
import { SignInRecords } from './sign-in-records.js';
import { passwordFingerprint, type Staff } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';
import { theStaffAccountIsInUse, theStaffPasswordIsRight } from './staff.rules.js';

const MINUTE = 60;

/** A whole office may sit behind one address: what fails there makes strangers there do a human check. */
export const STAFF_FAILURES: NetworkLimit = {
  name: 'failed-staff-sign-in',
  points: 50,
  seconds: 15 * MINUTE,
  dearest: 16,
};

/** Where an attempt comes from. */
export type StaffVisitor = Pick<Visitor, 'address' | 'network' | 'cookies'>;

export interface StaffSignIn {
  readonly login: string;
  readonly password: string;
  /** The solution of a human check; may be left out where `checkFor` asks for none. */
  readonly challenge?: string;
}

/**
 * Staff sign in with login and password and, where they set it up, a code of their phone. On a device where they have
 * signed in before nobody else's failures matter; anywhere else a login or a network where much has failed asks for a
 * human check, and a login for which too much has is locked for a while.
 */
@Injectable()
export class SignInStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly humanCheck: HumanCheck,
    private readonly failures: NetworkFailures,
    private readonly devices: Devices,
    private readonly locks: SignInLocks,
    private readonly hasher: PasswordHasher,
    private readonly staff: StaffRepository,
    private readonly secondFactor: SecondFactor,
    private readonly records: SignInRecords,
    private readonly security: SecurityLog,
  ) {}

  /** The human check that is asked for there now, for this login if there is one already; undefined where none is. */
  async checkFor({ network, cookies }: StaffVisitor, login?: string): Promise<PosedCheck | undefined> {
    if (login === undefined && this.devices.read(cookies)?.accounts.length) return undefined;
    const owed = await this.owedIn(network);
    const price = Math.max(owed, login === undefined ? 0 : await this.locks.priceOfNext(asKept(login)));
    return price === 0 ? undefined : this.humanCheck.pose(price);
  }

  /**
   * The first step. Where `totpSince` is set, the second is to follow before they are in.
   *
   * @throws STAFF_LOGIN_FAILED, STAFF_DISABLED, STAFF_LOCKED, CHALLENGE_FAILED, CHALLENGE_TOO_EASY
   */
  execute(command: StaffSignIn, visitor: StaffVisitor): Promise<Staff> {
    const { address } = visitor;
    return this.security.during('staff.sign-in', { address }, async (facts) => {
      const staff = await this.takePassword(command, visitor, facts);
      if (staff.totpSince !== null) facts.outcome = 'CODE_AWAITED';
      return staff;
    });
  }

  private async takePassword(
    command: StaffSignIn,
    visitor: StaffVisitor,
    facts: SecurityFacts,
  ): Promise<Staff> {
    const login = asKept(command.login);
    const staff = await this.staff.byLogin(this.unitOfWork.read(), login);
    facts.staffId = staff?.id;
    const device = await this.takeOnDevice(staff, visitor);
    if (!device) {
      const paid = command.challenge ? await this.humanCheck.take(command.challenge, visitor) : 0;
      await this.locks.takeAsStranger(login, { paid, owed: await this.owedIn(visitor.network) });
    }
    const right = staff?.passwordHash
      ? await this.hasher.verify(staff.passwordHash, command.password)
      : await this.hasher.verifyNobodys(command.password);
    if (!right && !device) await this.strangerFailed(staff, visitor);
    theStaffPasswordIsRight(staff, right);
    theStaffAccountIsInUse(staff);

    // a right password alone does not make guesses of the code uncounted
    if (staff.totpSince !== null) return staff;
    await this.unitOfWork.run(async (tx) => {
      await this.locks.forget(tx, login, device?.id);
      await this.records.signedIn(tx, staff, visitor.address);
    });
    return staff;
  }

  /**
   * The second step. `password`: which one was typed in the first, as `passwordFingerprint` says; one that was changed
   * or reset meanwhile opens nothing. A code is too short for a human check to keep it: it is guessed so often and no
   * oftener.
   *
   * @throws STAFF_LOGIN_FAILED, STAFF_CODE_WRONG, STAFF_DISABLED, STAFF_LOCKED
   */
  takeCode(
    command: { staffId: string; password: string; code: string },
    visitor: StaffVisitor,
  ): Promise<Staff> {
    const facts = { staffId: command.staffId, address: visitor.address };
    return this.security.during('staff.sign-in-code', facts, () => this.takeSecondStep(command, visitor));
  }

  private async takeSecondStep(
    command: { staffId: string; password: string; code: string },
    visitor: StaffVisitor,
  ): Promise<Staff> {
    const known = await this.staff.byId(this.unitOfWork.read(), command.staffId);
    theStaffPasswordIsRight(known, true);
    const device = await this.takeOnDevice(known, visitor);
    if (!device) await this.locks.takeAsStranger(known.login);
    try {
      return await this.unitOfWork.run(async (tx) => {
        const staff = await this.staff.loadForUpdate(tx, known.id);
        theStaffPasswordIsRight(staff, passwordFingerprint(staff) === command.password);
        theStaffAccountIsInUse(staff);
        await this.secondFactor.take(tx, staff, command.code);
        await this.locks.forget(tx, staff.login, device?.id);
        await this.records.signedIn(tx, staff, visitor.address);
        return staff;
      });
    } catch (error) {
      if (!device) await this.strangerFailed(known, visitor);
      throw error;
    }
  }

  /** The cookie by which the device is known on which they have signed in. */
  deviceOf(staff: Staff, { cookies }: StaffVisitor): string {
    return this.devices.remembering(staff, this.devices.read(cookies));
  }

  /** The device, if they have signed in on it before and it has attempts left. */
  private async takeOnDevice(staff: Staff | null, { cookies }: StaffVisitor): Promise<Device | undefined> {
    const device = this.devices.read(cookies);
    if (!device || !staff || !this.devices.knows(device, staff)) return undefined;
    return (await this.locks.takeOnDevice(staff.login, device.id)) ? device : undefined;
  }

  /** Their failures tell of their network, and may have locked the login to them. */
  private async strangerFailed(staff: Staff | null, { address, network }: StaffVisitor): Promise<void> {
    await this.failures.note(STAFF_FAILURES, network);
    if (staff) await this.records.failed(staff, address);
  }

  private async owedIn(network: string): Promise<number> {
    const price = await this.failures.priceAt(network, [STAFF_FAILURES]);
    return price > 1 ? price : 0;
  }
}

/** Of what somebody types as a login, no more than one can be long. */
function asKept(typed: string): string {
  return loginAsTyped(typed).slice(0, 100);
}
