import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { maskDocumentNumber, normaliseDocumentNumber } from '../../kernel/document-number.js';
import { allRefusals } from '../../kernel/domain-error.js';
import { normaliseName } from '../../kernel/person-name.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { CollectiveRegistrationLine } from '../../modules/collective-registration/index.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';

const STATES: Words = {
  WAITING: { label: '待检查', colour: 'info' },
  READY: { label: '可以报名', colour: 'info' },
  ENROLLED: { label: '已报名', colour: 'success' },
  ALREADY: { label: '此前已报' },
  REFUSED: { label: '不能报名', colour: 'danger' },
};

const COLUMNS: readonly ShownColumn<CollectiveRegistrationLine, undefined>[] = [
  { name: 'position', label: '行', on: ['list', 'show'], text: ({ position }) => position },
  {
    name: 'entry',
    label: '证件号码或学号',
    on: ['list', 'show'],
    text: ({ entry }) => entry,
    mask: maskDocumentNumber,
    path: 'entry',
    search: { by: 'WHOLE', normalise: normaliseDocumentNumber },
  },
  {
    name: 'name',
    label: '姓名',
    on: ['list', 'show'],
    text: ({ name }) => name,
    path: 'name',
    search: { by: 'PART', normalise: normaliseName },
  },
  {
    name: 'state',
    label: '结果',
    on: ['list', 'show'],
    text: ({ state }) => state,
    path: 'state',
    search: { by: 'WORD', words: STATES },
  },
  {
    name: 'reason',
    label: '原因',
    on: ['list', 'show'],
    text: ({ reason }) => reason && (allRefusals().get(reason)?.definition.title.zh ?? '暂时不能报名'),
  },
  {
    name: 'enrolment',
    label: '报考科目',
    on: ['list', 'show'],
    text: ({ enrolmentId }) => enrolmentId && '查看',
    link: ({ enrolmentId }) => (enrolmentId ? { noun: 'enrolments', id: enrolmentId } : undefined),
  },
  {
    name: 'doneAt',
    label: '时间',
    on: ['list', 'show'],
    text: ({ doneAt }) => doneAt && toShanghaiText(doneAt),
    // lines of a list have ids in their order
    path: 'id',
    sortable: true,
  },
  {
    name: 'list',
    label: '名单编号',
    on: ['show'],
    text: ({ collectiveRegistrationId }) => collectiveRegistrationId,
    link: ({ collectiveRegistrationId }) => ({
      noun: 'collective-registrations',
      id: collectiveRegistrationId,
    }),
    path: 'collectiveRegistrationId',
    search: { by: 'WHOLE', normalise: plainCode },
  },
];

/** 集体报名明细: each student of each list, and what became of them. */
@Injectable()
export class ShownCollectiveRegistrationLines implements ShownNoun<CollectiveRegistrationLine, undefined> {
  readonly id = 'collective-registration-lines';
  readonly name = '集体报名明细';
  readonly icon = 'List';
  readonly entity = CollectiveRegistrationLine;
  readonly section = 'REGISTRATION';
  readonly seenBy = EVERY_ROLE;
  /** A school's list goes back to it as it came, with the outcome beside each line. */
  readonly exported = { by: ['SCHOOL'], numbers: 'IN_FULL' } as const;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly columns = COLUMNS;

  async gather(): Promise<undefined> {
    return undefined;
  }
}
