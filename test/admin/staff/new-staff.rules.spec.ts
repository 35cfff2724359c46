import { staffPasswordIsLongEnough, staffScopeIsWhole } from '../../../src/admin/staff/new-staff.rules.js';
import { firstRefusal } from '../../../src/kernel/first-refusal.js';

it.each([
  ['nine99999', 'STAFF_PASSWORD_TOO_SHORT'],
  ['𬱖𬱖𬱖𬱖𬱖', 'STAFF_PASSWORD_TOO_SHORT'],
  ['ten1010101', undefined],
])('the password %s of staff: %s', (password, code) => {
  expect(firstRefusal(() => staffPasswordIsLongEnough(password))?.code).toBe(code);
});

it.each([
  [{ role: 'CENTRAL' as const }, undefined],
  [{ role: 'PROVINCE' as const, province: '12' }, undefined],
  [{ role: 'PROVINCE' as const, school: {} }, 'STAFF_SCOPE_INCOMPLETE'],
  [{ role: 'SCHOOL' as const, school: {} }, undefined],
  [{ role: 'SCHOOL' as const, province: '12' }, 'STAFF_SCOPE_INCOMPLETE'],
])('R-AD-1: staff see a scope that is there: %j → %s', (staff, code) => {
  expect(firstRefusal(() => staffScopeIsWhole(staff))?.code).toBe(code);
});
