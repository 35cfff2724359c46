import { schema } from '../config.js';

export class UnitOfWork {
  readonly schema = schema;
}
