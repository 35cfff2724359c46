import { Injectable } from '@nestjs/common';
import { toShanghai, toShanghaiText } from '../../kernel/clock.js';
import { maskDocumentNumber, normaliseDocumentNumber } from '../../kernel/document-number.js';
import { normaliseName } from '../../kernel/person-name.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { DOCUMENT_TYPE_CODES, DOCUMENT_TYPES, type DocumentType } from '../../kernel/words.js';
import {
  AddCet6QualificationByHand,
  ApproveCleanCet6Reviews,
  CET6_MATERIALS,
  Cet6Review,
} from '../../modules/qualification/index.js';
import { type CampusNames, SchoolRepository, SittingRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { EnumField, TextField } from '../../platform/http/fields.js';
import { choicesOf } from '../panel/form.js';
import { nounAction, type Outcome } from '../panel/noun-action.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { staffIdIn } from '../staff/staff.entity.js';
import { StaffRepository } from '../staff/staff.repository.js';
import { sittingFilter } from './sitting-filter.js';

interface Facts {
  readonly sittingNames: ReadonlyMap<string, string>;
  /** By campus code. */
  readonly places: ReadonlyMap<string, CampusNames>;
  /** By staff id. */
  readonly staffNames: ReadonlyMap<string, string>;
}

const STATES: Words = {
  PENDING: { label: '未复核', colour: 'info' },
  APPROVED: { label: '通过', colour: 'success' },
  REJECTED: { label: '未通过', colour: 'danger' },
  DELETED: { label: '考生已删除', colour: 'default' },
};

const COLUMNS: readonly ShownColumn<Cet6Review, Facts>[] = [
  {
    name: 'sitting',
    label: '考次',
    on: ['show'],
    text: ({ sittingId }, { sittingNames }) => sittingNames.get(sittingId),
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
    name: 'documentType',
    label: '证件类型',
    on: ['show'],
    text: ({ documentType }) => DOCUMENT_TYPES[documentType],
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
  {
    name: 'ticketNumber',
    label: '四级准考证号',
    on: ['list', 'show'],
    text: ({ ticketNumber }) => ticketNumber,
    path: 'ticketNumber',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'school',
    label: '学校',
    on: ['list', 'show'],
    text: ({ campusCode, schoolCode }, { places }) => places.get(campusCode)?.school.name ?? schoolCode,
  },
  {
    name: 'schoolCode',
    label: '学校代码',
    on: ['show'],
    text: ({ schoolCode }) => schoolCode,
    path: 'schoolCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'campus',
    label: '校区',
    on: ['show'],
    text: ({ campusCode }, { places }) => places.get(campusCode)?.campus.name ?? campusCode,
  },
  {
    name: 'state',
    label: '状态',
    on: ['list', 'show'],
    text: ({ state }) => state,
    path: 'state',
    search: { by: 'WORD', words: STATES },
  },
  { name: 'submissions', label: '提交次数', on: ['list', 'show'], text: ({ submissions }) => submissions },
  {
    name: 'submittedAt',
    label: '提交时间',
    on: ['list', 'show'],
    text: ({ submittedAt }) => toShanghaiText(submittedAt),
    path: 'submittedAt',
    search: { by: 'DAYS' },
    sortable: true,
  },
  {
    name: 'decidedAt',
    label: '复核时间',
    on: ['show'],
    text: ({ decidedAt }) => decidedAt && toShanghaiText(decidedAt),
  },
  {
    name: 'decidedBy',
    label: '复核人',
    on: ['show'],
    text: ({ decidedBy }, { staffNames }) =>
      decidedBy && (staffNames.get(staffIdIn(decidedBy) ?? '') ?? '系统自动比对'),
  },
  { name: 'reason', label: '未通过原因', on: ['show'], text: ({ reason }) => reason },
  {
    name: 'basis',
    label: '所凭材料',
    on: ['show'],
    text: ({ basis }) =>
      basis &&
      [
        ...basis.materials.map((material) => CET6_MATERIALS[material]),
        ...(basis.note ? [basis.note] : []),
      ].join('、'),
  },
  {
    name: 'given',
    label: '待生效',
    on: ['show'],
    text: ({ given, finalAt }) =>
      given &&
      `${given.decision === 'APPROVE' ? '通过' : '不通过'}，${timeText(finalAt!)} 生效，生效前可以撤回`,
  },
  sittingFilter(),
];

function timeText(time: Date): string {
  return toShanghai(time).slice(11, 19);
}

class AddByHandInput {
  @EnumField({ description: '证件类型', values: DOCUMENT_TYPE_CODES, name: 'DocumentType' })
  documentType: DocumentType;
  @TextField({ description: '证件号码', max: 40 })
  documentNumber: string;
  @TextField({ description: '成绩依据', max: 200 })
  reason: string;
}

/** CET6资格复核: claims to have passed CET4, for the school to decide (R-CR). */
@Injectable()
export class ShownCet6Reviews implements ShownNoun<Cet6Review, Facts> {
  readonly id = 'cet6-reviews';
  readonly name = 'CET6复核记录';
  readonly icon = 'Archive';
  readonly entity = Cet6Review;
  readonly section = 'CANDIDATES';
  readonly seenBy = EVERY_ROLE;
  readonly exported = { by: EVERY_ROLE, numbers: 'MASKED' } as const;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<Cet6Review, AddByHandInput>({
      name: 'addByHand',
      label: '手工添加六级资格',
      icon: 'UserPlus',
      on: 'NOUN',
      roles: ['SCHOOL'],
      text: '2005年之前的英语四级成绩无法在线复核，核对原件后在此添加。考生即刻具备六级报考资格，已确认报名的考生会收到短信。',
      input: AddByHandInput,
      fields: [
        {
          name: 'documentType',
          label: '证件类型',
          kind: 'CHOICE',
          required: true,
          choices: choicesOf(DOCUMENT_TYPES),
        },
        { name: 'documentNumber', label: '证件号码', kind: 'TEXT', required: true, maxLength: 40 },
        {
          name: 'reason',
          label: '成绩依据',
          kind: 'TEXT',
          required: true,
          maxLength: 200,
          placeholder: '如：2003年6月英语四级 450分，已核对证书原件',
        },
      ],
      initial: () => ({ documentType: 'RESIDENT_ID' }),
      done: '已添加，考生即刻可以报考英语六级',
      run: async (input, { user }) => {
        const added = await this.addByHand.execute(input, user.actor);
        return added ? {} : { message: '该考生已在六级白名单中，无需重复添加' };
      },
    }),
    nounAction<Cet6Review>({
      name: 'approveClean',
      label: '批量通过无异议申请',
      icon: 'Check',
      on: 'ROWS',
      roles: ['SCHOOL'],
      text: '只通过姓名一致、证件号码属于新旧号码对应关系（如15位与18位身份证号）的申请；其余申请保持不变，并逐条列出原因。',
      done: '已处理',
      run: async (_input, { rows, user, asShown }): Promise<Outcome> => {
        const command = { reviews: rows.map(({ id }) => ({ reviewId: id })), asShown };
        const { approved, leftOut } = await this.approveCleanReviews.execute(command, user.actor);
        return {
          message: `已通过 ${approved.length} 条，10 秒后生效并通知考生`,
          ...(approved.length > 0
            ? {
                takeBack: {
                  tool: 'cet6-queue',
                  verb: 'takeBack',
                  input: { reviewIds: approved },
                  seconds: 10,
                },
              }
            : {}),
          lines: { columns: ['姓名', '未通过处理的原因'], rows: leftOut.map(({ name, why }) => [name, why]) },
        };
      },
    }),
  ];

  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly staff: StaffRepository,
    private readonly addByHand: AddCet6QualificationByHand,
    private readonly approveCleanReviews: ApproveCleanCet6Reviews,
  ) {}

  async gather(rows: readonly Cet6Review[], reader: Reader): Promise<Facts> {
    const campusCodes = rows.map(({ campusCode }) => campusCode);
    const staffIds = rows.map(({ decidedBy }) => staffIdIn(decidedBy)).filter((id) => id !== undefined);
    const [sittings, places, staffNames] = await Promise.all([
      this.sittings.all(reader),
      this.schools.names(reader, campusCodes),
      this.staff.names(reader, staffIds),
    ]);
    return { sittingNames: new Map(sittings.map(({ id, name }) => [id, name])), places, staffNames };
  }
}
