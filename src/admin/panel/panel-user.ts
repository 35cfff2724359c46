import type { CurrentAdmin } from 'adminjs';
import type { StaffActor, StaffRole } from '../../kernel/actor.js';
import type { SchoolRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { type Staff, staffActor } from '../staff/staff.entity.js';
import type { NavigationSection } from './navigation.js';

export const STAFF_ROLES: Readonly<Record<StaffRole, string>> = {
  CENTRAL: '教育考试院',
  PROVINCE: '省级承办机构',
  SCHOOL: '学校',
};

/** What is for all staff, whoever they are. */
export const EVERY_ROLE: readonly StaffRole[] = ['CENTRAL', 'PROVINCE', 'SCHOOL'];

/** Who is signed in, as AdminJS hands it to actions and to its pages: no secret may stand here. */
export interface PanelUser extends CurrentAdmin {
  /** The person's name; AdminJS calls the first line beside the avatar `email`. */
  readonly email: string;
  /** Whose rows they see: `学校 · 清华大学`. */
  readonly title: string;
  readonly actor: StaffActor;
  /** The side bar. */
  readonly navigation: readonly NavigationSection[];
  /** Of the sessions they have, the one this is; it opens nothing. */
  readonly sessionId: string;
}

export async function panelUser(
  reader: Reader,
  staff: Staff,
  schools: SchoolRepository,
  { address, ...page }: { navigation: readonly NavigationSection[]; sessionId: string; address?: string },
): Promise<PanelUser> {
  const place = await placeOf(reader, staff, schools);
  const role = STAFF_ROLES[staff.role];
  return {
    id: staff.id,
    email: staff.name,
    title: place === undefined ? role : `${role} · ${place}`,
    actor: { ...staffActor(staff), address },
    ...page,
  };
}

async function placeOf(
  reader: Reader,
  { role, provinceCode, schoolCode }: Staff,
  schools: SchoolRepository,
): Promise<string | undefined> {
  if (role === 'SCHOOL' && schoolCode)
    return (await schools.schools(reader, [schoolCode]))[0]?.name ?? schoolCode;
  if (role === 'PROVINCE' && provinceCode)
    return (await schools.provinceNames(reader)).get(provinceCode) ?? provinceCode;
  return undefined;
}
