import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import type { ReportForm } from '../../kernel/words.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  EnrolmentRepository,
  type EnrolmentShown,
  RegistrationRepository,
  ShowEnrolments,
} from '../registration/index.js';
import { reportFormIsOpen } from './report-form.rules.js';

/** R-SR-1: PAPER or ELECTRONIC for one written enrolment. */
@Injectable()
export class ChooseReportForm {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly showEnrolments: ShowEnrolments,
  ) {}

  /** @throws NOT_REGISTERED, NOT_FOUND, PREFERENCE_CLOSED */
  async execute(
    command: { enrolmentId: string; form: ReportForm },
    actor: CandidateActor,
  ): Promise<EnrolmentShown> {
    const { enrolmentId, form } = command;
    const registration = await this.unitOfWork.run(async (tx) => {
      const { registration, sitting } = await this.registrations.lockCurrentOf(tx, actor.accountId);
      const enrolment = await this.enrolments.ofRegistration(tx, registration.id, enrolmentId);
      reportFormIsOpen(enrolment, sitting, tx.now);
      await this.enrolments.setReportForm(tx, enrolmentId, form);
      return registration;
    });
    const [shown] = await this.showEnrolments.execute(registration, [enrolmentId]);
    return shown!;
  }
}
