// must fail: doors-only-translate
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';

export class WaitlistController {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  cancel() {
    return this.unitOfWork;
  }
}
