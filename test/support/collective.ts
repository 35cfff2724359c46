import type { StaffActor } from '../../src/kernel/actor.js';
import {
  DecideCollectiveRegistration,
  StartCollectiveRegistration,
  type StartCollectiveRegistrationCommand,
} from '../../src/modules/collective-registration/index.js';
import type { StudentRecord } from '../../src/modules/qualification/index.js';
import type { Campus } from '../../src/modules/sitting/index.js';
import type { World } from './world.js';

export const teacherOf = ({ schoolCode, provinceCode }: Campus, staffId = 'a-teacher'): StaffActor => ({
  type: 'STAFF',
  staffId,
  role: 'SCHOOL',
  schoolCode,
  provinceCode,
});

/** The school enrols these students of its own as its list would, in English 4 unless told otherwise. */
export async function enrolledByTheirSchool(
  world: World,
  campus: Campus,
  students: readonly StudentRecord[],
  how: Partial<StartCollectiveRegistrationCommand> = {},
): Promise<void> {
  const teacher = teacherOf(campus);
  const numbers = students.map(({ details }) => details.documentNumber).join('\n');
  const { id } = await world
    .use(StartCollectiveRegistration)
    .execute({ numbers, subjectCode: '1', locks: false, ...how }, teacher);
  await world.job('collective-registration.work-off');
  await world.use(DecideCollectiveRegistration).execute({ id, enrol: true }, teacher);
  await world.job('collective-registration.work-off');
}

/** A student whom their school has enrolled, and who has not signed in yet. */
export async function aStudentOnAList(world: World, facts: Parameters<World['record']>[0] = {}) {
  const campus = facts.campus ?? (await world.campus());
  const venue = await world.venue({ campus });
  const student = await world.record({ ...facts, campus });
  await enrolledByTheirSchool(world, campus, [student]);
  return { campus, venue, student, number: student.details.documentNumber };
}
