import type { StaffActor, StaffRole } from '../../src/kernel/actor.js';
import { firstRefusal } from '../../src/kernel/first-refusal.js';
import { onlyStaffOf } from '../../src/kernel/staff-role.rules.js';

const staffOf = (role: StaffRole): StaffActor => ({ type: 'STAFF', staffId: 'wang', role });

it.each<[StaffRole, StaffRole[], string | undefined]>([
  ['SCHOOL', ['SCHOOL'], undefined],
  ['PROVINCE', ['PROVINCE', 'CENTRAL'], undefined],
  ['SCHOOL', ['PROVINCE', 'CENTRAL'], 'NOT_YOUR_ROLE'],
  ['CENTRAL', ['SCHOOL'], 'NOT_YOUR_ROLE'],
  ['CENTRAL', [], 'NOT_YOUR_ROLE'],
])('R-AD: %s at what is for %j: %s', (role, roles, code) => {
  expect(firstRefusal(() => onlyStaffOf(staffOf(role), ...roles))?.code).toBe(code);
});
