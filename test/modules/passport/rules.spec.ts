import {
  aContactIsGiven,
  emailIsFree,
  passwordIsTheirOwn,
  phoneIsBound,
  phoneIsFree,
} from '../../../src/modules/passport/account.rules.js';
import { contactFrom, normalisePhone, phoneIsPossible } from '../../../src/modules/passport/contact.rules.js';
import { loginFrom, loginKey } from '../../../src/modules/passport/login.js';
import { channelSuitsPurpose } from '../../../src/modules/passport/one-time-code.rules.js';
import {
  passwordHasSixToEighteenCharacters,
  passwordIsNew,
  passwordIsNothingPersonal,
  passwordsAgree,
  somebodyHasThisPassword,
} from '../../../src/modules/passport/password.rules.js';

describe('R-PP-1 passwords', () => {
  it.each(['123456', 'a b c ', '密码密码密码', '𬱖𬱖𬱖𬱖𬱖𬱖', 'x'.repeat(18), '𬱖'.repeat(18)])(
    '%p has 6–18 characters',
    (password) => {
      expect(() => passwordHasSixToEighteenCharacters(password)).not.toThrow();
    },
  );
  it.each(['', '12345', '𬱖𬱖𬱖', 'x'.repeat(19)])('%p has not', (password) => {
    expect(() => passwordHasSixToEighteenCharacters(password)).toThrow('PASSWORD_LENGTH');
  });
  it('is typed twice alike', () => {
    expect(() => passwordsAgree('abcdef', 'abcdef')).not.toThrow();
    expect(() => passwordsAgree('abcdef', 'abcdeF')).toThrow('PASSWORDS_DIFFER');
  });
  it.each([
    ['13972608451', ['13972608451']],
    ['608451', ['13972608451']],
    ['139-7260-8451', ['13972608451']],
    ['x13972608451', ['13972608451']],
    ['31002x', ['11010519491231002X']],
    ['１９４９１２３１', ['11010519491231002X']],
    ['zhang.san', ['zhangsan@example.edu.cn']],
    ['zhangsan88', ['zhangsan@example.edu.cn']],
    ['exampleedu', ['zhangsan@example.edu.cn']],
    ['li----', ['li@example.edu.cn']],
    ['A1234567', ['A123456(7)']],
  ])('%p is no secret of %j', (password, known) => {
    expect(() => passwordIsNothingPersonal(password, known)).toThrow('PASSWORD_PERSONAL');
  });
  it.each([
    ['li-over-river', ['li@example.edu.cn']],
    ['kite08451', ['13972608451']],
    ['!!!!!!', ['13972608451']],
    ['kite-over-river', []],
  ])('%p is one beside %j', (password, known) => {
    expect(() => passwordIsNothingPersonal(password, known)).not.toThrow();
  });
  it('R-PP-7 is not changed into itself', () => {
    expect(() => passwordIsNew('abcdef', '123456')).not.toThrow();
    expect(() => passwordIsNew('123456', '123456')).toThrow('PASSWORD_UNCHANGED');
  });
  it('R-PP-8 is somebody’s, or nothing is said', () => {
    expect(() => somebodyHasThisPassword({ id: '1' })).not.toThrow();
    expect(() => somebodyHasThisPassword(undefined)).toThrow('LOGIN_FAILED');
  });
});

describe('R-PP-1 mobile numbers', () => {
  it.each([
    ['13800001234', '13800001234'],
    [' 138 0000 1234 ', '13800001234'],
    ['138-0000-1234', '13800001234'],
    ['１３８００００１２３４', '13800001234'],
    ['+86 13800001234', '13800001234'],
    ['008613800001234', '13800001234'],
  ])('%p is %s', (typed, phone) => {
    expect(normalisePhone(typed)).toBe(phone);
    expect(() => phoneIsPossible(phone)).not.toThrow();
  });
  it.each(['', '1380000123', '138000012345', '12800001234', '23800001234', '1380000123a', '+4915112345678'])(
    '%p is none',
    (typed) => {
      expect(() => phoneIsPossible(normalisePhone(typed))).toThrow('PHONE_INVALID');
    },
  );
});

describe('R-PP-1 contacts', () => {
  it('one of the two is enough', () => {
    expect(() => aContactIsGiven({ email: 'a@b.cn' })).not.toThrow();
    expect(() => aContactIsGiven({ phone: '13800001234' })).not.toThrow();
    expect(() => aContactIsGiven({})).toThrow('CONTACT_MISSING');
  });
  it('are read by their channel', () => {
    expect(contactFrom('SMS', '138 0000 1234', 'target')).toEqual({ channel: 'SMS', target: '13800001234' });
    expect(contactFrom('EMAIL', 'A@B.cn', 'target')).toEqual({ channel: 'EMAIL', target: 'a@b.cn' });
    expect(() => contactFrom('SMS', 'a@b.cn', 'target')).toThrow('PHONE_INVALID');
    expect(() => contactFrom('EMAIL', '13800001234', 'target')).toThrow('EMAIL_INVALID');
  });
  it('belong to one account', () => {
    expect(() => phoneIsFree(true)).not.toThrow();
    expect(() => phoneIsFree(false)).toThrow('PHONE_TAKEN');
    expect(() => emailIsFree(true)).not.toThrow();
    expect(() => emailIsFree(false)).toThrow('EMAIL_TAKEN');
  });
});

describe('R-PP-2 sign-in names', () => {
  it.each([
    ['Name@Example.com', { email: 'name@example.com' }],
    ['138 0000 1234', { phone: '13800001234', documentNumber: '13800001234' }],
    ['11010519491231002x', { phone: '11010519491231002X', documentNumber: '11010519491231002X' }],
    ['Ａ１２３４５６（７）', { phone: 'A123456(7)', documentNumber: 'A123456(7)' }],
  ])('%p', (typed, login) => {
    expect(loginFrom(typed)).toEqual(login);
  });

  it.each([
    ['13800001234', ' +86 138-0000-1234'],
    ['11010519491231002X', '1101 0519 4912 3100 2x'],
    ['11010519491231002X', '11010519491231002\u200bＸ'],
    ['name@example.com', 'NAME@example.com '],
  ])('%p and %p are counted as one', (one, other) => {
    expect(loginKey(loginFrom(one))).toBe(loginKey(loginFrom(other)));
  });
});

describe('R-PP-4 codes', () => {
  it.each([
    ['SMS', 'REGISTER'],
    ['EMAIL', 'REGISTER'],
    ['SMS', 'BIND_PHONE'],
    ['EMAIL', 'BIND_EMAIL'],
    ['SMS', 'RESET_PASSWORD'],
    ['EMAIL', 'RESET_PASSWORD'],
  ] as const)('go by %s for %s', (channel, purpose) => {
    expect(() => channelSuitsPurpose(channel, purpose)).not.toThrow();
  });
  it.each([
    ['EMAIL', 'BIND_PHONE'],
    ['SMS', 'BIND_EMAIL'],
  ] as const)('do not go by %s for %s', (channel, purpose) => {
    expect(() => channelSuitsPurpose(channel, purpose)).toThrow('CODE_CHANNEL_MISMATCH');
  });
});

describe('who may register', () => {
  it('R-PP-7 the initial password has been changed', () => {
    expect(() => passwordIsTheirOwn({ passwordMustChange: false })).not.toThrow();
    expect(() => passwordIsTheirOwn({ passwordMustChange: true })).toThrow('PASSWORD_MUST_CHANGE');
  });
  it('R-PP-3 a mobile number is bound', () => {
    expect(() => phoneIsBound({ phoneBound: true })).not.toThrow();
    expect(() => phoneIsBound({ phoneBound: false })).toThrow('PHONE_NOT_BOUND');
  });
});
