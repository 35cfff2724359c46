import { Injectable } from '@nestjs/common';
import { maskDocumentNumber, normaliseDocumentNumber } from '../../kernel/document-number.js';
import { normaliseName } from '../../kernel/person-name.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { DOCUMENT_TYPES } from '../../kernel/words.js';
import { Cet4Result } from '../../modules/qualification/index.js';
import type { ShownColumn, ShownNoun } from '../panel/shown-noun.js';

const COLUMNS: readonly ShownColumn<Cet4Result, object>[] = [
  {
    name: 'ticketNumber',
    label: '准考证号',
    on: ['list', 'show'],
    text: ({ ticketNumber }) => ticketNumber,
    path: 'ticketNumber',
    search: { by: 'WHOLE', normalise: plainCode },
    sortable: true,
  },
  {
    name: 'name',
    label: '姓名',
    on: ['list', 'show'],
    text: ({ name }) => name,
    path: 'name',
    search: { by: 'WHOLE', normalise: normaliseName },
  },
  {
    name: 'documentType',
    label: '证件类型',
    on: ['list', 'show'],
    text: ({ documentType }) => documentType && DOCUMENT_TYPES[documentType],
  },
  {
    name: 'documentNumber',
    label: '证件号码',
    on: ['list', 'show'],
    text: ({ documentNumber }) => documentNumber,
    mask: maskDocumentNumber,
    path: 'documentNumber',
    search: { by: 'WHOLE', normalise: normaliseDocumentNumber },
  },
  { name: 'score', label: '成绩', on: ['list', 'show'], text: ({ score }) => score },
];

/** 英语四级成绩, of every sitting since 2005; they are nobody's in particular, so only the authority looks through them. */
@Injectable()
export class ShownCet4Results implements ShownNoun<Cet4Result, object> {
  readonly id = 'cet4-results';
  readonly name = '四级成绩';
  readonly icon = 'Award';
  readonly entity = Cet4Result;
  readonly key = 'ticketNumber';
  readonly section = 'CANDIDATES';
  readonly seenBy = ['CENTRAL'] as const;
  readonly scopedBy = 'EVERYBODYS';
  readonly columns = COLUMNS;

  async gather(): Promise<object> {
    return {};
  }
}
