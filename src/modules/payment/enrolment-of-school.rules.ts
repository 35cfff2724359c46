import type { StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import type { Enrolment } from '../registration/index.js';

/** R-AD-1: an enrolment is its candidate's school's, wherever the exam is taken. @throws NOT_FOUND */
export function theEnrolmentIsOfTheirSchool(
  enrolment: Enrolment | null,
  actor: StaffActor,
): asserts enrolment is Enrolment {
  if (!enrolment) throw NOT_FOUND();
  const { candidateProvinceCode: provinceCode, candidateSchoolCode: schoolCode } = enrolment;
  if (!covers(scopeOf(actor), { provinceCode, schoolCode })) throw NOT_FOUND();
}
