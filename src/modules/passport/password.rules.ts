import { HOURS, later, MINUTES, SECONDS } from '../../kernel/clock.js';
import { refusal } from '../../kernel/domain-error.js';

export const PASSWORD_LENGTH = refusal(
  'PASSWORD_LENGTH',
  422,
  { zh: '密码长度不符', en: 'Password too short or too long' },
  { zh: '密码长度应为 6–18 个字符。', en: 'A password has 6 to 18 characters.' },
  'password',
);
/** R-PP-1: 6–18 characters; `field` is where it stands. @throws PASSWORD_LENGTH */
export function passwordHasSixToEighteenCharacters(password: string, field = 'password'): void {
  const characters = [...password].length;
  if (characters < 6 || characters > 18) throw PASSWORD_LENGTH({ field });
}

export const PASSWORD_TOO_COMMON = refusal(
  'PASSWORD_TOO_COMMON',
  422,
  { zh: '密码太常见', en: 'Password too common' },
  {
    zh: '这个密码很多人都在用，容易被人猜到，请换一个，例如几个不相关的词或字母加数字。',
    en: 'Many people use this password, so it is guessed first. Choose another: some words that have nothing in common, say.',
  },
  'password',
);
/** Half of all guesses are a few thousand passwords; `field` is where it stands. @throws PASSWORD_TOO_COMMON */
export function passwordIsNotCommon(common: boolean, field = 'password'): void {
  if (common) throw PASSWORD_TOO_COMMON({ field });
}

export const PASSWORD_PERSONAL = refusal(
  'PASSWORD_PERSONAL',
  422,
  { zh: '密码含个人信息', en: 'Password known to others' },
  {
    zh: '密码不能是登录名、手机号、邮箱、证件号码、姓名或其中的一部分，也不能包含它们，请换一个。',
    en: 'A password is neither your login, number, address, document number or name, nor a part of one, nor holds one.',
  },
  'password',
);
/**
 * What stands on a card or in a list of classmates is no secret: of the signs that count, letters and digits, a password
 * is no part of a fact known of its owner, and holds none of six signs or more, nor six digits in a row of one: a date of
 * birth with two letters is guessed as soon as the date. Of an address, that before its @ is a fact too.
 * @throws PASSWORD_PERSONAL
 */
export function passwordIsNothingPersonal(
  password: string,
  known: readonly string[],
  field = 'password',
): void {
  const word = lettersAndDigits(password);
  const facts = known.flatMap((fact) => [fact, fact.split('@')[0]!]).map(lettersAndDigits);
  const found = facts.some(
    (fact) =>
      fact === word ||
      (word.length >= FEWEST && fact.includes(word)) ||
      (fact.length >= FEWEST && word.includes(fact)) ||
      runsOfDigits(fact).some((run) => word.includes(run)),
  );
  if (word !== '' && found) throw PASSWORD_PERSONAL({ field });
}

/** A run of so many signs is no accident. */
const FEWEST = 6;

/** Every six digits that stand in a row, also those that overlap; an X ends many a document number. */
function runsOfDigits(fact: string): string[] {
  return [...fact.matchAll(/(?=(\d{5}[\dx]))/g)].map(([, run]) => run!);
}

function lettersAndDigits(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

export const PASSWORDS_DIFFER = refusal(
  'PASSWORDS_DIFFER',
  422,
  { zh: '两次密码不一致', en: 'The passwords differ' },
  { zh: '两次输入的密码不一致，请重新输入。', en: 'Type the same password twice.' },
  'passwordConfirmation',
);
/** R-PP-1: typed twice. @throws PASSWORDS_DIFFER */
export function passwordsAgree(password: string, confirmation: string): void {
  if (password !== confirmation) throw PASSWORDS_DIFFER();
}

export const CURRENT_PASSWORD_WRONG = refusal(
  'CURRENT_PASSWORD_WRONG',
  422,
  { zh: '当前密码不正确', en: 'Current password wrong' },
  { zh: '当前密码不正确，请重新输入。', en: 'The current password is wrong. Type it again.' },
  'currentPassword',
);
/** R-PP-4: whoever changes the password knows it. @throws CURRENT_PASSWORD_WRONG */
export function currentPasswordIsRight(right: boolean): asserts right {
  if (!right) throw CURRENT_PASSWORD_WRONG();
}

export const CURRENT_PASSWORD_MISSING = refusal(
  'CURRENT_PASSWORD_MISSING',
  422,
  { zh: '请填写当前密码', en: 'Current password missing' },
  {
    zh: '更换手机号或邮箱请同时填写当前密码；已绑定其中一项再绑定另一项，或首次绑定时距登录已超过 15 分钟，也请填写。',
    en: 'Give the current password to change a number or an address, to add one to the other, or to bind the first more than 15 minutes after signing in.',
  },
  'currentPassword',
);
const FRESH_MS = 15 * MINUTES;
/**
 * R-PP-4: where a phone or an address is proven, it is replaced and the other one added by whoever knows the password, not
 * by whoever found a session: each of them resets the password. The very first one is bound so, or soon after signing in,
 * when it has just been typed. `openedAt`: when the session began.
 * @throws CURRENT_PASSWORD_MISSING
 */
export function thePasswordIsTypedAgain(
  asked: {
    currentPassword: string | undefined;
    account: { phone: string | null; emailVerifiedAt: Date | null };
    openedAt: Date | undefined;
  },
  now: Date,
): void {
  const { currentPassword, account, openedAt } = asked;
  const somethingIsProven = account.phone !== null || account.emailVerifiedAt !== null;
  const justSignedIn = openedAt !== undefined && later(openedAt, FRESH_MS) > now;
  if (currentPassword === undefined && (somethingIsProven || !justSignedIn)) throw CURRENT_PASSWORD_MISSING();
}

export const PASSWORD_UNCHANGED = refusal(
  'PASSWORD_UNCHANGED',
  422,
  { zh: '新密码与当前密码相同', en: 'The new password is the current one' },
  { zh: '新密码不能与当前密码相同，请换一个。', en: 'Choose a password other than the current one.' },
  'newPassword',
);
/** R-PP-7: changing the initial password into itself changes nothing. @throws PASSWORD_UNCHANGED */
export function passwordIsNew(newPassword: string, currentPassword: string): void {
  if (newPassword === currentPassword) throw PASSWORD_UNCHANGED();
}

export const LOGIN_FAILED = refusal(
  'LOGIN_FAILED',
  401,
  { zh: '登录失败', en: 'Sign-in failed' },
  {
    zh: '账号或密码不正确，请检查后重新登录；忘记密码可以重置密码。',
    en: 'The account or the password is wrong. Check both, or reset the password.',
  },
);
/** R-PP-8: one answer for every cause, so that nobody learns which accounts exist. @throws LOGIN_FAILED */
export function somebodyHasThisPassword<A>(account: A | undefined): asserts account is A {
  if (account === undefined) throw LOGIN_FAILED();
}

export const LOGIN_GUESSED_TOO_OFTEN = refusal(
  'LOGIN_GUESSED_TOO_OFTEN',
  429,
  { zh: '登录失败次数过多', en: 'Too many failed sign-ins' },
  {
    zh: '该账号在未登录过的设备上登录失败次数过多。请使用曾登录过的设备，或先通过短信、邮箱验证码重置密码；也可在 {hours} 小时后再试。',
    en: 'Too many sign-ins failed on devices that are new to this account. Use one you signed in on before, reset the password by a code, or try again in {hours} hours.',
  },
);
/** R-PP-8: guessing by strangers is bounded; a device of the owner's, and a code, are not. @throws LOGIN_GUESSED_TOO_OFTEN */
export function strangersMayStillTry(may: boolean, msLeft: number): void {
  if (may) return;
  const hours = Math.ceil(msLeft / HOURS);
  throw LOGIN_GUESSED_TOO_OFTEN({ values: { hours }, retryAfterSeconds: Math.ceil(msLeft / SECONDS) });
}
