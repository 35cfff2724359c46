import { Injectable } from '@nestjs/common';
import { JobHandlers } from '../../platform/queue/job-handlers.js';
import { MakeCet6DecisionsFinal } from './make-cet6-decisions-final.use-case.js';

@Injectable()
export class QualificationJobs {
  constructor(handlers: JobHandlers, makeFinal: MakeCet6DecisionsFinal) {
    handlers.handle('cet6-review.make-final', () => makeFinal.execute());
  }
}
