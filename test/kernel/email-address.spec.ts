import { mailboxFrom, normaliseEmail } from '../../src/kernel/email-address.js';
import { emailIsPossible } from '../../src/kernel/email-address.rules.js';

describe('R-PP-1 e-mail addresses', () => {
  it.each([
    ['name@example.edu.cn', 'name@example.edu.cn'],
    [' Name@Example.EDU.cn ', 'name@example.edu.cn'],
    ['ｎａｍｅ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'name@example.com'],
    ["o'neil+cet@a-b.co", "o'neil+cet@a-b.co"],
  ])('%p is %s', (typed, email) => {
    expect(normaliseEmail(typed)).toBe(email);
    expect(() => emailIsPossible(email)).not.toThrow();
  });
  it.each([
    '',
    'name',
    '@example.com',
    'name@localhost',
    'name@',
    'name@@example.com',
    'name@example..com',
    'name@.example.com',
    'team:name@example.com;',
    '"name"@example.com',
    'name(comment)@example.com',
    'name@[192.0.2.1]',
    'name@example.com;',
    'name@exаmple.com',
    'name@example.com\u0000',
    'na me@example.com',
    'name@example.com, other@example.com',
    'name@example.com\r\nBcc: other@example.com',
    '<name@example.com>',
    '姓名@example.com',
    `${'n'.repeat(65)}@example.com`,
    `name@${'e'.repeat(64)}.com`,
    `name@${'e.'.repeat(125)}com`,
  ])('%p is none', (typed) => {
    expect(() => emailIsPossible(normaliseEmail(typed))).toThrow('EMAIL_INVALID');
  });
});

describe('A mailbox', () => {
  it.each([
    ['CET <CET@Example.edu.cn>', { name: 'CET', address: 'cet@example.edu.cn' }],
    [
      '报名系统, 请勿回复 <cet@example.edu.cn>',
      { name: '报名系统, 请勿回复', address: 'cet@example.edu.cn' },
    ],
    [' cet@example.edu.cn ', { name: '', address: 'cet@example.edu.cn' }],
  ])('%p is one', (typed, mailbox) => {
    expect(mailboxFrom(typed)).toEqual(mailbox);
  });
  it.each([
    'CET',
    'CET <>',
    'cet@example.com, other@example.com',
    'CET <cet@example.com>, other@example.com',
    'CET <cet@example.com, other@example.com>',
    'a@example.com <b@example.com> <c@example.com>',
    'CET\r\nBcc: x@example.com <cet@example.com>',
  ])('%p is none', (typed) => {
    expect(mailboxFrom(typed)).toBeUndefined();
  });
});
