import type { EntityManager } from 'typeorm';

export const engineOf = (manager: EntityManager) => manager.connection.options.type;
