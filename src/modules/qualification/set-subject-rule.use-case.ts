import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { SchoolRepository, SittingRepository } from '../sitting/index.js';
import type { SubjectRule } from './subject-rule.entity.js';
import { SubjectRuleRepository } from './subject-rule.repository.js';

export type SetSubjectRuleCommand = Omit<SubjectRule, 'id' | 'provinceCode'> & Shown;

/**
 * R-QU-3: a school says whom it lets take a subject. A list left empty does not restrict; without any rule everybody
 * may. Whoever holds a seat already keeps it.
 */
@Injectable()
export class SetSubjectRule {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly rules: SubjectRuleRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND */
  execute({ asShown, ...command }: SetSubjectRuleCommand, actor: StaffActor): Promise<void> {
    const { sittingId, schoolCode, subjectCode } = command;
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'SCHOOL', 'CENTRAL');
      const [school] = await this.schools.schools(tx, [schoolCode]);
      if (!school || !covers(scopeOf(actor), { ...school, schoolCode })) throw NOT_FOUND();
      // two who set the same rule at once take turns, so that each leaves a true "before"
      await this.sittings.lock(tx, sittingId);
      await asShown?.(tx);
      const before = (await this.rules.ofSchools(tx, sittingId, [schoolCode])).find(
        (rule) => rule.subjectCode === subjectCode,
      );
      const after: SubjectRule = {
        ...command,
        id: before?.id ?? newId(),
        provinceCode: school.provinceCode,
        educationLevels: restricting(command.educationLevels),
        grades: restricting(command.grades),
        entryYears: restricting(command.entryYears),
      };
      await this.rules.save(tx, [after]);
      await this.auditTrail.record(tx, actor, {
        action: 'subject-rule.set',
        rowId: after.id,
        provinceCode: school.provinceCode,
        schoolCode,
        before: before ? { ...before } : null,
        after: { ...after },
      });
    });
  }
}

function restricting<T>(list: T[] | null): T[] | null {
  return list && list.length > 0 ? list : null;
}
