import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { SubjectRuleRepository } from './subject-rule.repository.js';

/** R-QU-3: without a rule, every student of the school may take the subject. All of the rules go or none. */
@Injectable()
export class RemoveSubjectRules {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rules: SubjectRuleRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND */
  execute({ ruleIds, asShown }: { ruleIds: readonly string[] } & Shown, actor: StaffActor): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'SCHOOL', 'CENTRAL');
      const rules = await this.rules.lockAll(tx, ruleIds);
      const own = rules.filter((rule) => covers(scopeOf(actor), rule));
      if (own.length === 0 || own.length < ruleIds.length) throw NOT_FOUND();
      await asShown?.(tx);
      for (const rule of own) {
        await this.rules.remove(tx, rule.id);
        await this.auditTrail.record(tx, actor, {
          action: 'subject-rule.remove',
          rowId: rule.id,
          provinceCode: rule.provinceCode,
          schoolCode: rule.schoolCode,
          before: { ...rule },
        });
      }
    });
  }
}
