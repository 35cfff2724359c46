import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Sitting, SittingRepository } from '../sitting/index.js';
import { CheckLine } from './check-line.use-case.js';
import type { CollectiveRegistration } from './collective-registration.entity.js';
import { CollectiveRegistrationRepository } from './collective-registration.repository.js';
import { LINE_FAILED, MOST_FAILURES } from './collective-registration.rules.js';
import type { CollectiveRegistrationLine } from './collective-registration-line.entity.js';
import { EnrolLine } from './enrol-line.use-case.js';

const BATCH = 200;

interface WorkedOff {
  lines: number;
  /** Lines in trouble, which the next run tries again. */
  postponed: number;
}

/**
 * Works through the lists that wait to be looked at or enrolled, each line by itself. Killed half-way, run twice or side
 * by side, it goes on where the lines say (R-JB-2).
 */
@Injectable()
export class WorkOffCollectiveRegistrations {
  private readonly logger = new Logger(WorkOffCollectiveRegistrations.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly lists: CollectiveRegistrationRepository,
    private readonly checkLine: CheckLine,
    private readonly enrolLine: EnrolLine,
  ) {}

  async execute(): Promise<WorkedOff> {
    const total: WorkedOff = { lines: 0, postponed: 0 };
    for (const id of await this.lists.idsToWorkOff(this.unitOfWork.read())) {
      const list = await this.lists.byId(this.unitOfWork.read(), id);
      if (list?.state === 'CHECKING') await this.check(list, total);
      if (list?.state === 'ENROLLING') await this.enrol(list, total);
    }
    return total;
  }

  private async check(list: CollectiveRegistration, total: WorkedOff): Promise<void> {
    const sitting = await this.sittings.byId(this.unitOfWork.read(), list.sittingId);
    const done = await this.eachLine(list, 'WAITING', total, (line) =>
      this.checkLine.execute(list, sitting, line),
    );
    if (done) await this.unitOfWork.run((tx) => this.lists.move(tx, list, 'CHECKED'));
  }

  private async enrol(list: CollectiveRegistration, total: WorkedOff): Promise<void> {
    const sitting: Sitting = await this.sittings.byId(this.unitOfWork.read(), list.sittingId);
    const done = await this.eachLine(list, 'READY', total, (line) =>
      this.enrolLine.execute(list, sitting, line),
    );
    if (done) await this.unitOfWork.run((tx) => this.lists.move(tx, list, 'DONE'));
  }

  /** True when no line is left in that state. */
  private async eachLine(
    list: CollectiveRegistration,
    state: 'WAITING' | 'READY',
    total: WorkedOff,
    work: (line: CollectiveRegistrationLine) => Promise<void>,
  ): Promise<boolean> {
    let behind = 0;
    let postponed = 0;
    for (;;) {
      const lines = await this.lists.linesIn(this.unitOfWork.read(), list.id, state, {
        behind,
        limit: BATCH,
      });
      for (const line of lines) {
        try {
          await work(line);
          total.lines++;
        } catch (error) {
          this.logger.warn(`Line ${line.position} of the list ${list.id} has failed: ${String(error)}`);
          if (await this.hasToWait(line)) postponed++;
        }
      }
      if (lines.length < BATCH) break;
      behind = lines.at(-1)!.position;
    }
    total.postponed += postponed;
    return postponed === 0;
  }

  /** A line in trouble is tried again by the next run, a few times; then it is refused, so that the list comes to its end. */
  private async hasToWait(line: CollectiveRegistrationLine): Promise<boolean> {
    const givenUp = line.failures + 1 >= MOST_FAILURES;
    await this.unitOfWork.run(async (tx) => {
      await this.lists.noteFailure(tx, line);
      if (givenUp) await this.lists.moveLine(tx, line, 'REFUSED', { reason: LINE_FAILED.definition.code });
    });
    return !givenUp;
  }
}
