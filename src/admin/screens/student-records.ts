import { Injectable } from '@nestjs/common';
import { maskDocumentNumber, maskPhone, normaliseDocumentNumber } from '../../kernel/document-number.js';
import { normaliseName } from '../../kernel/person-name.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import {
  DOCUMENT_TYPE_CODES,
  DOCUMENT_TYPES,
  type DocumentType,
  EDUCATION_LEVELS,
  type EducationLevel,
  GENDERS,
  type Gender,
  SUBJECT_CODES,
  SUBJECTS,
  type SubjectCode,
} from '../../kernel/words.js';
import { StartCollectiveRegistration } from '../../modules/collective-registration/index.js';
import { ResetStudentAccount } from '../../modules/ownership/index.js';
import { type Account, AccountRepository, normalisePhone } from '../../modules/passport/index.js';
import {
  AddSubjectListLine,
  DeleteStudentRecords,
  EditStudentRecord,
  LookedUpRecords,
  StudentPhotoRepository,
  StudentRecord,
} from '../../modules/qualification/index.js';
import { type CampusNames, SchoolRepository, SittingRepository } from '../../modules/sitting/index.js';
import { type Reader, UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  BooleanField,
  CodeField,
  EnumField,
  IntField,
  LineField,
  LinesField,
  TextField,
} from '../../platform/http/fields.js';
import { COMPONENTS } from '../components.js';
import { choicesOf } from '../panel/form.js';
import { type About, nounAction } from '../panel/noun-action.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun } from '../panel/shown-noun.js';
import { holderName } from './account-holder.js';
import { sittingFilter } from './sitting-filter.js';
import { trimmed } from './subject-columns.js';

interface Facts {
  readonly sittingNames: ReadonlyMap<string, string>;
  /** By campus code. */
  readonly places: ReadonlyMap<string, CampusNames>;
  /** Records somebody has confirmed to be. */
  readonly registered: ReadonlySet<string>;
  /** Records there is a photo of. */
  readonly withPhoto: { has(recordId: string): boolean };
}

const part = { by: 'PART', normalise: trimmed } as const;

const COLUMNS: readonly ShownColumn<StudentRecord, Facts>[] = [
  {
    name: 'photo',
    label: '照片',
    on: ['show'],
    text: ({ id }, { withPhoto }) => (withPhoto.has(id) ? id : null),
    drawnBy: COMPONENTS.studentPhoto,
    inFile: 'LEFT_OUT',
  },
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
    text: ({ details }) => details.name,
    path: 'details.name',
    search: { by: 'PART', normalise: normaliseName },
  },
  {
    name: 'documentType',
    label: '证件类型',
    on: ['show'],
    text: ({ details }) => DOCUMENT_TYPES[details.documentType],
  },
  {
    name: 'documentNumber',
    label: '证件号码',
    on: ['list', 'show'],
    text: ({ details }) => details.documentNumber,
    mask: maskDocumentNumber,
    path: 'details.documentNumber',
    search: { by: 'WHOLE', normalise: normaliseDocumentNumber },
  },
  { name: 'gender', label: '性别', on: ['show'], text: ({ details }) => GENDERS[details.gender] },
  {
    name: 'school',
    label: '学校',
    on: ['list', 'show'],
    text: ({ details }, { places }) => places.get(details.campusCode)?.school.name ?? details.schoolCode,
  },
  {
    name: 'schoolCode',
    label: '学校代码',
    on: ['show'],
    text: ({ details }) => details.schoolCode,
    path: 'details.schoolCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'campus',
    label: '校区',
    on: ['list', 'show'],
    text: ({ details }, { places }) => places.get(details.campusCode)?.campus.name ?? details.campusCode,
  },
  { name: 'campusCode', label: '校区代码', on: [], text: ({ details }) => details.campusCode, inFile: {} },
  {
    name: 'educationLevel',
    label: '学历',
    on: ['show'],
    text: ({ details }) => EDUCATION_LEVELS[details.educationLevel],
  },
  { name: 'duration', label: '学制', on: ['show'], text: ({ details }) => details.duration },
  { name: 'entryYear', label: '入学年份', on: ['show'], text: ({ details }) => details.entryYear },
  { name: 'grade', label: '年级', on: ['list', 'show'], text: ({ details }) => details.grade },
  {
    name: 'college',
    label: '院系',
    on: ['list', 'show'],
    text: ({ details }) => details.college,
    path: 'details.college',
    search: part,
  },
  { name: 'major', label: '专业', on: ['show'], text: ({ details }) => details.major },
  {
    name: 'className',
    label: '班级',
    on: ['list', 'show'],
    text: ({ details }) => details.className,
    path: 'details.className',
    search: part,
  },
  {
    name: 'studentNumber',
    label: '学号',
    on: ['list', 'show'],
    text: ({ details }) => details.studentNumber,
    path: 'details.studentNumber',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  { name: 'remark', label: '备注', on: ['show'], text: ({ details }) => details.remark },
  {
    name: 'phone',
    label: '手机',
    on: ['show'],
    text: ({ phone }) => phone,
    mask: maskPhone,
    path: 'phone',
    search: { by: 'WHOLE', normalise: normalisePhone },
  },
  {
    name: 'registered',
    label: '报名',
    on: ['list', 'show'],
    text: ({ id }, { registered }) => (registered.has(id) ? '已确认' : '未确认'),
    // in a rush it is another word every minute, and rules say what may still be done
    settled: () => null,
  },
  sittingFilter(),
];

class EditInput {
  @CodeField({ description: '校区代码', max: 6 })
  campusCode: string;
  @EnumField({ description: '证件类型', values: DOCUMENT_TYPE_CODES, name: 'DocumentType' })
  documentType: DocumentType;
  @TextField({ description: '证件号码', max: 40 })
  documentNumber: string;
  @TextField({ description: '姓名', max: 100 })
  name: string;
  @EnumField({ description: '性别', values: Object.keys(GENDERS), name: 'Gender' })
  gender: Gender;
  @EnumField({ description: '学历', values: Object.keys(EDUCATION_LEVELS), name: 'EducationLevel' })
  educationLevel: EducationLevel;
  @LineField({ description: '学制', max: 10, optional: true })
  duration?: string;
  @IntField({ description: '入学年份', min: 1980, max: 2079, optional: true })
  entryYear?: number;
  @LineField({ description: '年级', max: 20, optional: true })
  grade?: string;
  @LineField({ description: '院系', max: 100, optional: true })
  college?: string;
  @LineField({ description: '专业', max: 100, optional: true })
  major?: string;
  @LineField({ description: '班级', max: 100, optional: true })
  className?: string;
  @CodeField({ description: '学号', max: 50, optional: true })
  studentNumber?: string;
  @LinesField({ description: '备注', max: 500, optional: true })
  remark?: string;
  @TextField({ description: '手机', max: 40, optional: true })
  phone?: string;
}

class ResetInput {
  @TextField({ description: '原因', max: 300 })
  reason: string;
  @TextField({ description: '考生本人手机', max: 40, optional: true })
  phone?: string;
}

class ListInput {
  @EnumField({ description: '名单', values: ['WHITE', 'BLACK'], name: 'SubjectList' })
  list: 'WHITE' | 'BLACK';
  @EnumField({ description: '科目', values: SUBJECT_CODES, name: 'SubjectCode' })
  subjectCode: SubjectCode;
  @LineField({ description: '原因', max: 200 })
  reason: string;
}

class CollectiveInput {
  @EnumField({ description: '科目', values: SUBJECT_CODES, name: 'SubjectCode' })
  subjectCode: SubjectCode;
  @BooleanField({ description: '报名后锁定，由学校集体缴费', optional: true })
  locks?: boolean;
}

export const LISTS = { WHITE: '白名单', BLACK: '黑名单' };
export const SUBJECT_CHOICES = SUBJECT_CODES.map((value) => ({ value, label: SUBJECTS[value].name }));

/** 学籍: the rosters of one's schools. */
@Injectable()
export class ShownStudentRecords implements ShownNoun<StudentRecord, Facts> {
  readonly id = 'student-records';
  readonly name = '学籍';
  readonly icon = 'BookOpen';
  readonly entity = StudentRecord;
  readonly section = 'CANDIDATES';
  readonly seenBy = EVERY_ROLE;
  /** A roster is the school's own file: to the school it goes out as it came in. */
  readonly exported = { by: EVERY_ROLE, numbers: 'IN_FULL_TO_SCHOOLS' } as const;
  readonly scopedBy = { provinceCode: 'details.provinceCode', schoolCode: 'details.schoolCode' };
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<StudentRecord, EditInput>({
      name: 'edit',
      label: '修改学籍',
      icon: 'Edit',
      on: 'ROW',
      roles: ['SCHOOL'],
      text: '考生确认报名后只能修改手机，其他内容不能再修改。修改会记入操作记录。',
      input: EditInput,
      fields: async ({ row }) => [
        { name: 'name', label: '姓名', kind: 'TEXT', required: true, maxLength: 100 },
        {
          name: 'documentType',
          label: '证件类型',
          kind: 'CHOICE',
          required: true,
          choices: choicesOf(DOCUMENT_TYPES),
        },
        { name: 'documentNumber', label: '证件号码', kind: 'TEXT', required: true, maxLength: 40 },
        { name: 'gender', label: '性别', kind: 'CHOICE', required: true, choices: choicesOf(GENDERS) },
        {
          name: 'campusCode',
          label: '校区',
          kind: 'CHOICE',
          required: true,
          choices: await this.campusesBeside(row),
        },
        {
          name: 'educationLevel',
          label: '学历',
          kind: 'CHOICE',
          required: true,
          choices: choicesOf(EDUCATION_LEVELS),
        },
        { name: 'duration', label: '学制', kind: 'TEXT', maxLength: 10 },
        { name: 'entryYear', label: '入学年份', kind: 'NUMBER' },
        { name: 'grade', label: '年级', kind: 'TEXT', maxLength: 20 },
        { name: 'college', label: '院系', kind: 'TEXT', maxLength: 100 },
        { name: 'major', label: '专业', kind: 'TEXT', maxLength: 100 },
        { name: 'className', label: '班级', kind: 'TEXT', maxLength: 100 },
        { name: 'studentNumber', label: '学号', kind: 'TEXT', maxLength: 50 },
        { name: 'remark', label: '备注', kind: 'LONG_TEXT', maxLength: 500 },
        {
          name: 'phone',
          label: '手机',
          kind: 'TEXT',
          maxLength: 40,
          help: '集体报名的考生首次登录时，验证码发到这个号码。',
        },
      ],
      initial: ({ row }) => ({ ...row.details, phone: row.phone }),
      done: '学籍已修改',
      run: (input, { row, user, asShown }) =>
        this.editStudentRecord.execute({ recordId: row.id, ...NOTHING_SAID, ...input, asShown }, user.actor),
    }),
    nounAction<StudentRecord, ListInput>({
      name: 'putOnList',
      label: '加入名单',
      icon: 'UserCheck',
      on: 'ROW',
      roles: ['SCHOOL'],
      text: '白名单：报考该科目不受报考条件和四级成绩限制。黑名单：不得报考该科目。已报考的科目不受影响。',
      input: ListInput,
      fields: [
        { name: 'list', label: '名单', kind: 'CHOICE', required: true, choices: choicesOf(LISTS) },
        { name: 'subjectCode', label: '科目', kind: 'CHOICE', required: true, choices: SUBJECT_CHOICES },
        { name: 'reason', label: '原因', kind: 'TEXT', required: true, maxLength: 200 },
      ],
      done: '已加入名单',
      run: (input, { row: { details }, user, asShown }) => {
        const { documentType, documentNumber } = details;
        return this.addSubjectListLine.execute(
          { ...input, documentType, documentNumber, asShown },
          user.actor,
        );
      },
    }),
    nounAction<StudentRecord, CollectiveInput>({
      name: 'enrolCollectively',
      label: '集体报名',
      icon: 'UserPlus',
      on: 'ROWS',
      roles: ['SCHOOL'],
      text: '所选考生作为一份名单提交检查；检查结果在“集体报名”中查看，确认后才会报名。',
      input: CollectiveInput,
      fields: [
        { name: 'subjectCode', label: '科目', kind: 'CHOICE', required: true, choices: SUBJECT_CHOICES },
        {
          name: 'locks',
          label: '报名后锁定，由学校集体缴费',
          kind: 'FLAG',
          help: '锁定的科目考生不能取消、更改或自行支付。',
        },
      ],
      submit: '提交检查',
      done: '名单已提交，请到“集体报名”中查看检查结果并确认',
      run: ({ subjectCode, locks = false }, { rows, user, asShown }) => {
        const numbers = rows.map(({ details }) => details.documentNumber).join('\n');
        return this.startCollectiveRegistration
          .execute({ numbers, subjectCode, locks, asShown }, user.actor)
          .then(() => undefined);
      },
    }),
    nounAction<StudentRecord, ResetInput>({
      name: 'resetAccount',
      label: '重置登录账号',
      icon: 'Key',
      on: 'ROW',
      roles: ['SCHOOL'],
      text: (about) => this.whatResettingDoes(about),
      decidedOn: ({ row, reader }) => this.accountOf(row, reader).then((account) => account?.id),
      input: ResetInput,
      fields: [
        { name: 'reason', label: '原因', kind: 'LONG_TEXT', required: true, maxLength: 300 },
        {
          name: 'phone',
          label: '考生本人手机',
          kind: 'TEXT',
          maxLength: 40,
          help: '经核验的本人号码，记入学籍；不填则沿用学籍中的手机。已有缴费科目或集体报名时间已过的，必须有手机。',
        },
      ],
      confirm: '重置后，现在能登录该账号的人都不能再登录。确定要重置吗？',
      done: '账号已重置',
      run: async (input, { row, user, asShown }) => {
        const state = await this.resetStudentAccount.execute(
          { recordId: row.id, ...input, asShown },
          user.actor,
        );
        return state === 'REQUESTED'
          ? { message: '已有缴费科目，重置申请已提交，由另一位工作人员在“报名归属”中确认后重置' }
          : undefined;
      },
    }),
    nounAction<StudentRecord>({
      name: 'remove',
      label: '删除学籍',
      icon: 'Trash2',
      on: 'ROWS',
      roles: ['SCHOOL'],
      text: '删除后考生将查不到资格信息，照片一并删除。已确认报名的考生不能删除。',
      confirm: '确定要删除所选学籍吗？删除后只能重新导入。',
      done: '所选学籍已删除',
      run: (_input, { rows, user, asShown }) =>
        this.deleteStudentRecords.execute({ recordIds: rows.map(({ id }) => id), asShown }, user.actor),
    }),
  ];

  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly lookedUp: LookedUpRecords,
    private readonly photos: StudentPhotoRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly editStudentRecord: EditStudentRecord,
    private readonly deleteStudentRecords: DeleteStudentRecords,
    private readonly addSubjectListLine: AddSubjectListLine,
    private readonly startCollectiveRegistration: StartCollectiveRegistration,
    private readonly accounts: AccountRepository,
    private readonly resetStudentAccount: ResetStudentAccount,
  ) {}

  async gather(rows: readonly StudentRecord[], reader: Reader): Promise<Facts> {
    const campusCodes = rows.map(({ details }) => details.campusCode);
    const ids = rows.map(({ id }) => id);
    const [sittings, places, registered, withPhoto] = await Promise.all([
      this.sittings.all(reader),
      this.schools.names(reader, campusCodes),
      this.lookedUp.confirmedAmong(reader, ids),
      this.photos.fingerprints(reader, ids),
    ]);
    const sittingNames = new Map(sittings.map(({ id, name }) => [id, name]));
    return { sittingNames, places, registered, withPhoto };
  }

  /** Who signs in with the student's document. */
  private accountOf({ details }: StudentRecord, reader: Reader): Promise<Account | null> {
    return this.accounts.withLoginDocument(reader, details.documentNumber);
  }

  private async whatResettingDoes({ row, reader }: About<StudentRecord>): Promise<string> {
    const { name, documentNumber } = row.details;
    const account = await this.accountOf(row, reader);
    const who = `考生 ${name}（证件号码 ${maskDocumentNumber(documentNumber)}）`;
    if (account === null) return `${who}没有以证件号码登录的通行证账号，无需重置。`;
    return `${who}以证件号码登录的通行证账号：${holderName(account)}。重置后恢复为学校集体报名时的状态：密码为初始密码，绑定的手机和邮箱解除，已登录的全部退出，并通知原来绑定的手机和邮箱。学籍中有手机的，修改初始密码须填写发到该手机的验证码；没有的，在集体报名的时间内凭初始密码登录。只能重置本校集体报名时开通的账号；已有缴费科目的，须由另一位工作人员确认。`;
  }

  /** The campuses of the student's school. */
  private async campusesBeside({ details }: StudentRecord) {
    const { schoolCode } = details;
    const campuses = await this.schools.campusesIn(this.unitOfWork.read(), { schoolCode });
    return campuses.map(({ code, name }) => ({ value: code, label: name }));
  }
}

/** What the form leaves empty is empty. */
const NOTHING_SAID = {
  duration: null,
  entryYear: null,
  grade: null,
  college: null,
  major: null,
  className: null,
  studentNumber: null,
  remark: null,
  phone: null,
};
