// must fail: only-repositories-know-typeorm
import type { EntityManager } from 'typeorm';

export class CloseWindow {
  execute(manager: EntityManager) {
    return manager;
  }
}
