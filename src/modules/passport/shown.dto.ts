import { toShanghai } from '../../kernel/clock.js';
import { maskDocumentNumber, maskPhone } from '../../kernel/document-number.js';
import { DOCUMENT_TYPE_CODES } from '../../kernel/words.js';
import { Shown, ShownIfAny } from '../../platform/http/fields.js';
import type { Account } from './account.entity.js';
import type { FirstSignIn } from './first-sign-ins.js';
import type { PosedCheck } from './posed-check.js';
import type { Session } from './session.entity.js';

const TIME = { format: 'date-time' };

export class ChallengeShown {
  @Shown('Id')
  id: string;
  @Shown('Kind of human check', { enum: ['ALTCHA'], enumName: 'ChallengeKind' })
  kind: string;
  @Shown('Hash that is to be found', { enum: ['SHA-256'] })
  algorithm: string;
  @Shown('The hash of `salt` followed by a number of yours; hex')
  challenge: string;
  @Shown('The number is at most this; more where many attempts have failed', { type: 'integer' })
  maxnumber: number;
  @Shown('What the number is appended to')
  salt: string;
  @Shown('Ours; goes back with the solution')
  signature: string;
  @Shown('A solution is taken until then, once', TIME)
  expiresAt: string;

  static of({ id, challenge: posed, expiresAt }: PosedCheck): ChallengeShown {
    const { algorithm, challenge, salt, signature } = posed;
    return {
      id,
      kind: 'ALTCHA',
      algorithm,
      challenge,
      maxnumber: posed.maxnumber!,
      salt,
      signature,
      expiresAt: toShanghai(expiresAt),
    };
  }
}

export class CodeSentShown {
  @Shown('How long the code is good for, if there is somebody to send one to', {
    type: 'integer',
    example: 600,
  })
  expiresInSeconds: number;
}

export class FirstCodeSentShown extends CodeSentShown {
  @Shown('Where it went, masked: the number that the student’s school has', { example: '138****1234' })
  phoneMasked: string;
}

export class ProfileShown {
  @Shown('证件类型', { enum: DOCUMENT_TYPE_CODES, enumName: 'DocumentType' })
  documentType: string;
  @Shown('证件号码, masked', { example: '110***********1234' })
  documentNumberMasked: string;
  @Shown('姓名')
  name: string;
}

export class AccountShown {
  @Shown('Id')
  id: string;
  @ShownIfAny('E-mail address', { example: 'name@example.edu.cn' })
  email?: string;
  @Shown('Has a code sent to the address come back?')
  emailProven: boolean;
  @ShownIfAny('Bound mobile number, masked', { example: '138****1234' })
  phoneMasked?: string;
  @Shown('Without a bound number the registration site is closed (PHONE_NOT_BOUND)')
  phoneBound: boolean;
  @Shown(
    'Still the initial password; everything but its change is closed (PASSWORD_MUST_CHANGE), contacts and profile are not shown',
  )
  passwordMustChange: boolean;
  @ShownIfAny(
    'Where the school reaches the student, masked: the initial password is changed with a code sent there by POST account/first-code',
    { example: '138****1234' },
  )
  firstCodePhoneMasked?: string;
  @ShownIfAny('Document and name, where given')
  profile?: ProfileShown;
  @Shown('When the account was made', TIME)
  createdAt: string;

  /** `first`: how it is come into, where it still has the initial password. */
  static of(account: Account, first?: FirstSignIn): AccountShown {
    return {
      id: account.id,
      emailProven: account.emailVerifiedAt !== null,
      phoneBound: account.phone !== null,
      passwordMustChange: account.passwordMustChange,
      // whoever has only shown the initial password learns no name (R-PP-7)
      ...(account.passwordMustChange ? {} : whoseItIs(account)),
      ...(first?.phone === undefined ? {} : { firstCodePhoneMasked: maskPhone(first.phone) }),
      createdAt: toShanghai(account.createdAt),
    };
  }
}

function whoseItIs(account: Account): Pick<AccountShown, 'email' | 'phoneMasked' | 'profile'> {
  const { email, phone, profileDocumentType, profileDocumentNumber, profileName } = account;
  return {
    ...(email === null ? {} : { email }),
    ...(phone === null ? {} : { phoneMasked: maskPhone(phone) }),
    ...(profileDocumentType && profileDocumentNumber && profileName
      ? {
          profile: {
            documentType: profileDocumentType,
            documentNumberMasked: maskDocumentNumber(profileDocumentNumber),
            name: profileName,
          },
        }
      : {}),
  };
}

export class SessionOpenedShown {
  @Shown('`Authorization: Bearer …`; shown this once. Pages use the cookie that comes with it')
  token: string;
  @Shown('The session ends by itself then', TIME)
  expiresAt: string;
  @Shown('Who has signed in')
  account: AccountShown;
}

export class SessionShown {
  @Shown('Id')
  id: string;
  @Shown('Is it the one this call came with?')
  current: boolean;
  @ShownIfAny('What the browser calls itself')
  userAgent?: string;
  @Shown('When it began', TIME)
  createdAt: string;
  @Shown('The session ends by itself then', TIME)
  expiresAt: string;

  static of(session: Session, currentId: string): SessionShown {
    return {
      id: session.id,
      current: session.id === currentId,
      ...(session.userAgent === null ? {} : { userAgent: session.userAgent }),
      createdAt: toShanghai(session.createdAt),
      expiresAt: toShanghai(session.expiresAt),
    };
  }
}

export class SessionsShown {
  @Shown('Newest first', { type: [SessionShown] })
  items: SessionShown[];
}
