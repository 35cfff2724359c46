import type { StaffActor, SystemActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { Fault } from '../../platform/import/fault.js';
import type { Campus, School } from './school.entity.js';
import type { Places } from './school.repository.js';

/** Faults of lines that name a province, school or campus. */

const unknownSchool = (code: string) =>
  new Fault('UNKNOWN_SCHOOL', {
    zh: `没有代码为 ${code} 的学校，请先导入学校`,
    en: `There is no school ${code}; import schools first`,
  });
const unknownCampus = (code: string) =>
  new Fault('UNKNOWN_CAMPUS', {
    zh: `没有代码为 ${code} 的校区，请先导入校区`,
    en: `There is no campus ${code}; import campuses first`,
  });
const otherSchool = (code: string) =>
  new Fault('CAMPUS_OF_OTHER_SCHOOL', {
    zh: `校区代码的前五位不是学校代码 ${code}`,
    en: `The campus code does not begin with the school's, ${code}`,
  });
const otherProvince = (code: string) =>
  new Fault('PROVINCE_MISMATCH', {
    zh: `与所属省份代码 ${code} 不一致`,
    en: `Does not agree with its province, ${code}`,
  });
const twoNames = (code: string, name: string) =>
  new Fault('PROVINCE_HAS_TWO_NAMES', {
    zh: `省份 ${code} 在前面的行里名为 ${name}`,
    en: `Province ${code} is named ${name} on an earlier line`,
  });
const outOfScope = new Fault('OUT_OF_SCOPE', {
  zh: '不属于您管理的省份或学校',
  en: 'Is not of your province or school',
});

export const placeFaults = { unknownSchool, unknownCampus, otherSchool, otherProvince, twoNames, outOfScope };

/** Whoever imports: a member of staff, within their scope (R-AD-1), or the command line. */
export type ImportActor = StaffActor | SystemActor;

/** Files of places and venues are everybody's, and set what is others' to set (windows). @throws NOT_YOUR_ROLE */
export function centralStaffOnly(actor: ImportActor): void {
  if (actor.type === 'STAFF') onlyStaffOf(actor, 'CENTRAL');
}

interface PlaceCells {
  provinceCode?: string | null;
  schoolCode?: string | null;
  campusCode: string;
}

/** A line's campus exists, belongs to the school and province the line names, and is the actor's business. */
export function checkCampus(
  { campuses }: Places,
  actor: ImportActor,
  row: PlaceCells,
  refuse: (column: keyof PlaceCells, fault: Fault) => void,
): Campus | undefined {
  const campus = campuses.get(row.campusCode);
  if (!campus) {
    refuse('campusCode', unknownCampus(row.campusCode));
    return undefined;
  }
  if (row.schoolCode && row.schoolCode !== campus.schoolCode)
    refuse('campusCode', otherSchool(row.schoolCode));
  if (row.provinceCode && row.provinceCode !== campus.provinceCode)
    refuse('provinceCode', otherProvince(campus.provinceCode));
  if (!isWithin(actor, campus)) refuse('campusCode', outOfScope);
  return campus;
}

/** A line's school exists and is the actor's business. */
export function checkSchool(
  { schools }: Places,
  actor: ImportActor,
  code: string,
  refuse: (column: 'schoolCode', fault: Fault) => void,
): School | undefined {
  const school = schools.get(code);
  if (!school) refuse('schoolCode', unknownSchool(code));
  else if (!isWithin(actor, { ...school, schoolCode: code })) refuse('schoolCode', outOfScope);
  return school;
}

function isWithin(actor: ImportActor, place: { provinceCode: string; schoolCode: string }): boolean {
  return actor.type === 'SYSTEM' || covers(scopeOf(actor), place);
}
