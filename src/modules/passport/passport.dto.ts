import { DOCUMENT_TYPE_CODES } from '../../kernel/words.js';
import { EnumField, ObjectField, TextField } from '../../platform/http/fields.js';
import { CODE_PURPOSES, type CodePurpose } from './one-time-code.rules.js';

const TYPES = DOCUMENT_TYPE_CODES.map((type) => `\`${type}\``).join(', ');

/** Rules say what makes a password, a number or an address right; the door only bounds its length. */
const ChallengeField = () =>
  TextField({ description: 'Solution of a human check: ALTCHA’s payload, base64', max: 2000 });
const CodeField = (description: string, optional = false) =>
  TextField({ description, max: 20, min: 0, example: '123456', optional });
const PasswordField = (description: string, optional = false) =>
  TextField({ description, max: 200, min: 0, format: 'password', optional });

export class ProfileFields {
  @TextField({ description: `证件类型: ${TYPES}`, max: 40, example: 'RESIDENT_ID' })
  documentType: string;
  @TextField({ description: '证件号码', max: 60 })
  documentNumber: string;
  @TextField({ description: '姓名', max: 100, pattern: /\S/ })
  name: string;
}

export class RequestCodeFields {
  @EnumField({ description: 'How the code travels', values: ['SMS', 'EMAIL'], name: 'CodeChannel' })
  channel: 'SMS' | 'EMAIL';
  @TextField({ description: 'Mobile number or e-mail address', max: 300, example: '13800001234' })
  target: string;
  @EnumField({ description: 'What it is for', values: CODE_PURPOSES, name: 'CodePurpose' })
  purpose: CodePurpose;
  @ChallengeField()
  challenge: string;
}

export class RegisterAccountFields {
  @TextField({ description: 'E-mail address', max: 300, example: 'name@example.edu.cn', optional: true })
  email?: string;
  @TextField({ description: 'Mobile number', max: 40, example: '13800001234', optional: true })
  phone?: string;
  @CodeField('Code with purpose REGISTER: proves the phone, which needs it, else the e-mail address', true)
  code?: string;
  @PasswordField('6–18 characters')
  password: string;
  @PasswordField('The password again')
  passwordConfirmation: string;
  @ChallengeField()
  challenge: string;
  @ObjectField({ description: 'Document and name', type: () => ProfileFields, optional: true })
  profile?: ProfileFields;
}

export class SignInFields {
  @TextField({ description: 'E-mail address, mobile number, or document number', max: 300 })
  login: string;
  @PasswordField('Password')
  password: string;
  @ChallengeField()
  challenge: string;
}

export class ResetPasswordFields {
  @TextField({ description: 'Mobile number or e-mail address the code went to', max: 300 })
  login: string;
  @CodeField('Code with purpose RESET_PASSWORD')
  code: string;
  @PasswordField('6–18 characters')
  newPassword: string;
}

export class EditProfileFields {
  @ObjectField({ description: 'Document and name', type: () => ProfileFields })
  profile: ProfileFields;
}

const CURRENT =
  'The password until now: needed where a number or an address is proven, and more than 15 minutes after signing in';

export class BindPhoneFields {
  @TextField({ description: 'The new mobile number', max: 40, example: '13800001234' })
  value: string;
  @CodeField('Code with purpose BIND_PHONE, sent to it')
  code: string;
  @PasswordField(CURRENT, true)
  currentPassword?: string;
}

export class BindEmailFields {
  @TextField({ description: 'The new e-mail address', max: 300, example: 'name@example.edu.cn' })
  value: string;
  @CodeField('Code with purpose BIND_EMAIL, sent to it')
  code: string;
  @PasswordField(CURRENT, true)
  currentPassword?: string;
}

export class ChangePasswordFields {
  @PasswordField('The password until now')
  currentPassword: string;
  @CodeField(
    'Of an initial password, where the school reaches the student: the code of POST account/first-code',
    true,
  )
  code?: string;
  @PasswordField('6–18 characters')
  newPassword: string;
}
