import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import type { DomainError } from '../../kernel/domain-error.js';
import { firstRefusal } from '../../kernel/first-refusal.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Affected, AffectedPeople } from './affected-people.js';
import { type ChosenCampuses, LoadWindowFacts } from './load-window-facts.js';
import { closingLiesAhead } from './venue-window.rules.js';
import { type PlannedWindow, planVersion, planWindows, type WindowChanges } from './window-plan.js';

export interface WindowPreview {
  /** What keeps the whole change from being made, whichever campus. */
  readonly refused?: DomainError;
  readonly windows: readonly (PlannedWindow & { readonly affected: Affected })[];
  /** For whoever then makes the change. */
  readonly version: string;
}

/** What a change of windows would do and whom it would affect, before it is made. Changes nothing. */
@Injectable()
export class PreviewVenueWindows {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly facts: LoadWindowFacts,
    private readonly people: AffectedPeople,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND */
  async execute(
    { changes, ...chosen }: ChosenCampuses & { changes: WindowChanges },
    actor: StaffActor,
  ): Promise<WindowPreview> {
    onlyStaffOf(actor, 'PROVINCE', 'CENTRAL');
    const reader = this.unitOfWork.read();
    const facts = await this.facts.of(reader, chosen, actor);
    const plan = planWindows(changes, facts);
    const affected = await this.people.of(reader, facts.sitting.id, plan);
    const refused = firstRefusal(() => {
      for (const change of Object.values(changes)) closingLiesAhead(change, reader.now);
    });
    return {
      ...(refused ? { refused } : {}),
      windows: plan.map((planned) => ({ ...planned, affected: affected.get(planned)! })),
      version: planVersion(plan),
    };
  }
}
