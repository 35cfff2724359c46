import { CodeField, EnumField, IdListField, Shown } from '../../platform/http/fields.js';
import { PlaceShown } from '../sitting/index.js';

export class ChooseOralBody {
  @IdListField({
    description: '所选口试考点科目 · Oral venues chosen; all are enrolled, or none',
    min: 1,
    max: 2,
  })
  venueIds: string[];
}

export class OralCampusesQuery {
  @EnumField({
    description: '口试科目 · F 英语四级口试, S 英语六级口试',
    values: ['F', 'S'],
    name: 'OralSubject',
  })
  subject: 'F' | 'S';
}

export class OralVenuesQuery {
  @EnumField({
    description: '口试科目 · F 英语四级口试, S 英语六级口试',
    values: ['F', 'S'],
    name: 'OralSubject',
    optional: true,
  })
  subject?: 'F' | 'S';
  @CodeField({
    description: '校区代码 · Campus, 6 digits',
    max: 6,
    pattern: /^\d{6}$/,
    optional: true,
    example: '120010',
  })
  campus?: string;
}

export class OralCampusShown {
  @Shown('Campus')
  campus: PlaceShown;
  @Shown('School')
  school: PlaceShown;
}

export class OralCampusesShown {
  @Shown('Campuses open now to the candidate’s school', { type: [OralCampusShown] })
  items: OralCampusShown[];
  @Shown('False: the own campus is chosen already, the school allows no other')
  choiceAllowed: boolean;
}
