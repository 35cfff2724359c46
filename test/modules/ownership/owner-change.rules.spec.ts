import { DAYS, HOURS, later } from '../../../src/kernel/clock.js';
import { firstRefusal } from '../../../src/kernel/first-refusal.js';
import { initialPasswordOpens, RESET_DAYS } from '../../../src/modules/ownership/initial-password.rules.js';
import {
  type OwnerFacts,
  type ResetFacts,
  theAccountIsProvenTheStudents,
  theAccountIsTheSchoolsToReset,
  theStudentIsReachedWhereNeeded,
} from '../../../src/modules/ownership/owner-change.rules.js';
import {
  aReleasedStudentIsProvenTheirs,
  type ConfirmingAgain,
} from '../../../src/modules/registration/registration.rules.js';
import { NINE_O_CLOCK as NOW } from '../../support/clock.js';

const refusalOf = (rule: () => unknown) => firstRefusal(() => void rule())?.code;

describe('R-PP-7: the initial password is one', () => {
  const list = (paymentEndsAt: Date | null, ...closings: (Date | null)[]) => ({
    sitting: { paymentEndsAt },
    venues: closings.map((closesAt) => ({ closesAt })),
  });
  const before = later(NOW, -1 * HOURS);
  const after = later(NOW, 1 * HOURS);
  const none = { phone: null, resetAt: null };

  it.each([
    ['while a window of the campus is still to close', { ...none, list: list(null, before, after) }, true],
    ['while it can be paid', { ...none, list: list(after, before) }, true],
    ['not when all is over', { ...none, list: list(before, before) }, false],
    ['not at the very moment of the end', { ...none, list: list(null, NOW) }, false],
    ['not where nothing says when it ends', { ...none, list: list(null, null) }, false],
    ['not without a list', none, false],
    ['after a reset, where a code goes to the student', { phone: '13800001234', resetAt: before }, true],
    ['not after a reset alone', { phone: null, resetAt: before }, false],
    ['not a week after', { phone: '13800001234', resetAt: later(NOW, -RESET_DAYS * DAYS) }, false],
  ])('%s', (_, facts, opens) => {
    expect(initialPasswordOpens(facts, NOW)).toBe(opens);
  });
});

describe('An account is the student’s', () => {
  const account = { id: 'a', phone: '13800001234' };
  const facts: OwnerFacts = {
    account,
    rosterPhone: null,
    lookedUpRecordId: undefined,
    recordId: 'r',
    inPerson: false,
  };
  it.each<[string, Partial<OwnerFacts>, string]>([
    ['by the number of the roster', { rosterPhone: '13800001234' }, 'ROSTER_PHONE'],
    ['by a document and its own look-up', { inPerson: true, lookedUpRecordId: 'r' }, 'IN_PERSON'],
    ['not by the document alone: a slip of the pen is a stranger', { inPerson: true }, 'OWNER_NOT_PROVEN'],
    ['not by the look-up alone: anybody looks up anybody', { lookedUpRecordId: 'r' }, 'OWNER_NOT_PROVEN'],
    ['not by having looked up another', { inPerson: true, lookedUpRecordId: 's' }, 'OWNER_NOT_PROVEN'],
    ['not by another number', { rosterPhone: '13900000000' }, 'OWNER_NOT_PROVEN'],
    ['not where there is none', { account: null, inPerson: true, lookedUpRecordId: 'r' }, 'OWNER_NOT_PROVEN'],
    [
      'not without a number it has proven, whatever the roster has not',
      { account: { id: 'a', phone: null }, inPerson: true, lookedUpRecordId: 'r' },
      'OWNER_NOT_PROVEN',
    ],
  ])('%s', (_, changes, outcome) => {
    const prove = () => theAccountIsProvenTheStudents({ ...facts, ...changes });
    expect(refusalOf(prove) ?? prove()).toBe(outcome);
  });
});

describe('A school resets', () => {
  const student = { documentType: 'PASSPORT', schoolCode: '12001', recordId: 'r' };
  const held = (schoolCode: string, recordId: string) =>
    ({ recordId, details: { schoolCode } }) as ResetFacts['registration'];
  const opened = { loginDocumentType: 'PASSPORT', openedBySchoolCode: '12001' } as const;
  it.each<[string, Omit<ResetFacts, 'student'>, boolean]>([
    ['what it has opened', { account: opened, registration: null }, true],
    ['with the student’s registration', { account: opened, registration: held('12001', 'r') }, true],
    ['nothing that is not there', { account: null, registration: null }, false],
    [
      'no account of the candidate’s own',
      { account: { ...opened, openedBySchoolCode: null }, registration: null },
      false,
    ],
    [
      'none of another school’s',
      { account: { ...opened, openedBySchoolCode: '15001' }, registration: null },
      false,
    ],
    [
      'none of another document',
      { account: { ...opened, loginDocumentType: 'HONG_KONG_ID' }, registration: null },
      false,
    ],
    ['none that holds another student', { account: opened, registration: held('12001', 's') }, false],
    ['none that holds another school’s', { account: opened, registration: held('15001', 'r') }, false],
  ])('%s', (_, facts, may) => {
    const refusal = refusalOf(() => theAccountIsTheSchoolsToReset({ ...facts, student }));
    expect(refusal).toBe(may ? undefined : 'NO_ACCOUNT_TO_RESET');
  });

  it.each([
    [null, false, true, undefined],
    [null, true, true, 'STUDENT_PHONE_NEEDED'],
    [null, false, false, 'STUDENT_PHONE_NEEDED'],
    ['13800001234', true, false, undefined],
  ])(
    'with the phone %s, something paid %s, the list open %s: %s',
    (phone, somethingIsPaid, listIsOpen, code) => {
      expect(refusalOf(() => theStudentIsReachedWhereNeeded(phone, { somethingIsPaid, listIsOpen }))).toBe(
        code,
      );
    },
  );
});

describe('R-QU-6: a student whom a school has released is confirmed', () => {
  const facts: ConfirmingAgain = {
    releasedNow: ['thief'],
    releasedEver: ['thief'],
    accountId: 'another',
    accountPhone: '13900000000',
    rosterPhone: null,
  };
  it.each<[string, Partial<ConfirmingAgain>, boolean]>([
    ['by another account, where the roster has no number', {}, true],
    ['not by the one it was taken from', { accountId: 'thief' }, false],
    ['nor by that in a later sitting', { accountId: 'thief', releasedNow: [] }, false],
    ['not by one without the number that the roster has', { rosterPhone: '13800001234' }, false],
    ['by whoever has proven it', { rosterPhone: '13900000000' }, true],
    ['even if it was taken from them by mistake', { rosterPhone: '13900000000', accountId: 'thief' }, true],
    ['in a later sitting by anybody else', { rosterPhone: '13800001234', releasedNow: [] }, true],
  ])('%s', (_, changes, may) => {
    const refusal = refusalOf(() => aReleasedStudentIsProvenTheirs({ ...facts, ...changes }));
    expect(refusal).toBe(may ? undefined : 'STUDENT_RELEASED');
  });
});
