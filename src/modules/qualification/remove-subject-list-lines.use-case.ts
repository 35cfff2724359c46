import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { notTooManyAtOnce } from './at-once.rules.js';
import { subjectListFacts } from './subject-list-line.entity.js';
import { SubjectListLineRepository } from './subject-list-line.repository.js';

/** R-QU-3: takes students off the white- or blacklist. What they have enrolled in meanwhile stays. */
@Injectable()
export class RemoveSubjectListLines {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: SubjectListLineRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** All of them or none. @throws NOT_YOUR_ROLE, TOO_MANY_AT_ONCE, NOT_FOUND (outside the scope too) */
  async execute(command: { lineIds: readonly string[] } & Shown, actor: StaffActor): Promise<void> {
    onlyStaffOf(actor, 'SCHOOL');
    notTooManyAtOnce(command.lineIds);
    await this.unitOfWork.run(async (tx) => {
      await command.asShown?.(tx);
      for (const id of [...new Set(command.lineIds)].sort()) {
        const line = await this.lists.lock(tx, id);
        if (!line || !covers(scopeOf(actor), line)) throw NOT_FOUND();
        await this.lists.delete(tx, line);
        await this.auditTrail.record(tx, actor, {
          action: 'subject-list-line.remove',
          rowId: id,
          provinceCode: line.provinceCode,
          schoolCode: line.schoolCode,
          before: subjectListFacts(line),
        });
      }
    });
  }
}
