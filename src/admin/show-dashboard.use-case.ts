import { Injectable } from '@nestjs/common';
import { scopeOf } from '../kernel/scope.js';
import { SUBJECT_CODES, SUBJECTS } from '../kernel/words.js';
import { SittingRepository } from '../modules/sitting/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { PanelRepository } from './panel.repository.js';
import type { PanelUser } from './panel-user.js';

/** The first page: how the current sitting stands within one's scope. */
export interface Dashboard {
  readonly title: string;
  readonly reviewsWaiting: number;
  /** Of the current sitting; missing when there is none. */
  readonly sitting?: {
    readonly name: string;
    readonly registrations: number;
    readonly paid: number;
    readonly unpaid: number;
    readonly subjects: readonly { readonly name: string; readonly paid: number; readonly unpaid: number }[];
  };
}

@Injectable()
export class ShowDashboard {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly panel: PanelRepository,
  ) {}

  async execute(user: PanelUser): Promise<Dashboard> {
    const scope = scopeOf(user.actor);
    const { title } = user;
    if ('none' in scope) return { title, reviewsWaiting: 0 };
    const reader = this.unitOfWork.read();
    const [sittings, reviewsWaiting] = await Promise.all([
      this.sittings.all(reader),
      this.panel.reviewsWaiting(reader, scope),
    ]);
    const sitting = sittings.find(({ current }) => current);
    if (!sitting) return { title, reviewsWaiting };
    const [registrations, counts] = await Promise.all([
      this.panel.registrations(reader, sitting.id, scope),
      this.panel.enrolmentsBySubject(reader, sitting.id, scope),
    ]);
    const total = (state: 'PAID' | 'UNPAID', subject?: string) =>
      counts
        .filter((line) => line.state === state && (subject === undefined || line.subjectCode === subject))
        .reduce((sum, { count }) => sum + count, 0);
    const subjects = SUBJECT_CODES.map((code) => ({
      name: SUBJECTS[code].name,
      paid: total('PAID', code),
      unpaid: total('UNPAID', code),
    }));
    return {
      title,
      reviewsWaiting,
      sitting: {
        name: sitting.name,
        registrations,
        paid: total('PAID'),
        unpaid: total('UNPAID'),
        subjects: subjects.filter(({ paid, unpaid }) => paid + unpaid > 0),
      },
    };
  }
}
