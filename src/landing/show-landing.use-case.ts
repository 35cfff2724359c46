import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../kernel/clock.js';
import type { ExamKind } from '../kernel/words.js';
import { SittingRepository, VenueRepository } from '../modules/sitting/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';

/** The current sitting, for whoever passes by. */
export interface Landing {
  readonly sitting?: {
    readonly name: string;
    /** From the first campus that opens to the last that closes; Shanghai time. */
    readonly windows: readonly {
      readonly kind: ExamKind;
      readonly opensAt: string;
      readonly closesAt: string;
    }[];
  };
}

@Injectable()
export class ShowLanding {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
  ) {}

  async execute(): Promise<Landing> {
    const reader = this.unitOfWork.read();
    const sitting = (await this.sittings.all(reader)).find(({ current }) => current);
    if (!sitting) return {};
    const times = await this.venues.timesByKind(reader, sitting.id);
    return {
      sitting: {
        name: sitting.name,
        windows: times.flatMap(({ kind, opensAt, closesAt }) =>
          opensAt && closesAt
            ? [{ kind, opensAt: toShanghaiText(opensAt), closesAt: toShanghaiText(closesAt) }]
            : [],
        ),
      },
    };
  }
}
