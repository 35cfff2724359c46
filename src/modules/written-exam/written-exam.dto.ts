import { IdField, IdListField } from '../../platform/http/fields.js';

export class ChooseWrittenBody {
  @IdListField({ description: '所选考点科目 · Venues chosen; all are enrolled, or none', min: 1, max: 4 })
  venueIds: string[];
}

export class ChangeWrittenBody {
  @IdField({ description: '改报的考点科目 · The venue to change to' })
  venueId: string;
}
