import type { StaffActor, StaffRole } from './actor.js';
import { refusal } from './domain-error.js';

export const NOT_YOUR_ROLE = refusal(
  'NOT_YOUR_ROLE',
  403,
  { zh: '无权进行此操作', en: 'Not for your role' },
  {
    zh: '您的账号类别没有进行此操作的权限，如确需办理，请联系负责此事的单位。',
    en: 'Staff of your role do not do this. Ask those who are responsible for it.',
  },
);
/** R-AD: who sees a row is their scope, what they do with it their role's. @throws NOT_YOUR_ROLE */
export function onlyStaffOf(actor: StaffActor, ...roles: readonly StaffRole[]): void {
  if (!roles.includes(actor.role)) throw NOT_YOUR_ROLE();
}
