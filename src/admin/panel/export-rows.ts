import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { AuditTrail } from '../../modules/audit/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { BYTE_ORDER_MARK, csvLine } from './csv.js';
import type { AnyNoun } from './panel-contents.js';
import type { PanelUser } from './panel-user.js';
import { type Asked, fileLabel, ScopedResource } from './scoped.resource.js';
import type { DownloadedFile } from './tool.js';

/** Staff take away, as CSV, what their list shows under its filter; who took what away is on record (R-AD-2). */
@Injectable()
export class ExportRows {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws NOT_FOUND for a noun that is not exported, NOT_YOUR_ROLE */
  async execute({ noun, asked }: { noun: AnyNoun; asked: Asked }, user: PanelUser): Promise<DownloadedFile> {
    if (!noun.exported) throw NOT_FOUND();
    onlyStaffOf(user.actor, ...noun.exported.by);
    const { provinceCode, schoolCode } = user.actor;
    const now = await this.unitOfWork.run(async (tx) => {
      const after = { filters: maskedAsked(noun, asked) };
      await this.audit.record(tx, user.actor, {
        action: `${noun.id}.export`,
        rowId: noun.id,
        provinceCode,
        schoolCode,
        after,
      });
      return tx.now;
    });
    const day = toShanghaiText(now).slice(0, 10).replaceAll('-', '');
    const resource = new ScopedResource(noun, this.unitOfWork);
    const { numbers } = noun.exported;
    const masked = numbers === 'MASKED' || (numbers === 'IN_FULL_TO_SCHOOLS' && user.actor.role !== 'SCHOOL');
    return {
      fileName: `${noun.name}-${day}.csv`,
      type: 'text/csv; charset=utf-8',
      content: Readable.from(lines(resource, asked, user, masked)),
    };
  }
}

async function* lines(
  resource: ScopedResource<object, unknown>,
  asked: Asked,
  user: PanelUser,
  masked: boolean,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(resource.exportedColumns.map(fileLabel));
  for await (const rows of resource.texts(asked, user, { masked })) yield rows.map(csvLine).join('');
}

/** What was searched for, for the record: of what lists mask, no more than they show. */
function maskedAsked(noun: AnyNoun, asked: Asked): Asked {
  const known = Object.entries(asked).flatMap(([name, value]) => {
    const column = noun.columns.find((one) => one.name === name && one.search);
    return column ? [[name, column.mask && typeof value === 'string' ? column.mask(value) : value]] : [];
  });
  return Object.fromEntries(known);
}
