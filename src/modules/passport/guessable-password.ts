import { isCommonPassword } from '../../platform/passwords/common-passwords.js';
import { passwordIsNotCommon, passwordIsNothingPersonal } from './password.rules.js';

/**
 * A new password is none that a stranger tries first. `known`: what others may know of its owner (numbers, addresses,
 * names, whatever they sign in with); what is missing is passed over. `field` is where the password stands.
 *
 * @throws PASSWORD_TOO_COMMON, PASSWORD_PERSONAL
 */
export async function passwordIsHardToGuess(
  password: string,
  known: readonly (string | null | undefined)[],
  field = 'password',
): Promise<void> {
  passwordIsNotCommon(await isCommonPassword(password), field);
  passwordIsNothingPersonal(
    password,
    known.filter((fact) => fact !== null && fact !== undefined),
    field,
  );
}
