import type { EntityManager } from 'typeorm';

export class VenueRepository {
  all(manager: EntityManager) {
    return manager.createQueryBuilder().getMany();
  }
}
