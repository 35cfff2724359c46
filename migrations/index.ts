import { CreateSchema1700000000000 } from './1700000000000-create-schema.js';
import { PublishAgreement1700000000001 } from './1700000000001-publish-agreement.js';

/** One history for both engines, oldest first. A migration that has been released is never edited. */
export const migrations = [CreateSchema1700000000000, PublishAgreement1700000000001];
