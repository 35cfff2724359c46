import { Shown, ShownIfAny, TextField, TickField } from '../../platform/http/fields.js';
import { Cet6ReviewStateShown, StudentDetailsShown } from '../qualification/index.js';
import { NoticeShown, SubjectShown } from '../sitting/index.js';
import { EnrolmentShown } from './enrolment.dto.js';
import { WaitlistShown } from './waitlist-entry.dto.js';

export class ConfirmRegistrationBody {
  @TextField({
    description: '证件类型 · Document type (see `POST /qualification/queries`)',
    max: 40,
    example: 'RESIDENT_ID',
  })
  documentType: string;
  @TextField({ description: '证件号码 · Document number', max: 60, example: '110101200001011237' })
  documentNumber: string;
  @TextField({ description: '姓名 · Name, as on the school’s roster', max: 100, example: '张三' })
  name: string;
  @TickField({ description: '我已检查并确认学籍与资格信息正确 · The data are right' })
  recordConfirmed: boolean;
  @TickField({ description: '确认手机号为本人正在使用 · The bound number is mine' })
  phoneConfirmed: boolean;
}

export class StepShown {
  @Shown('Which step', { example: 'WRITTEN_PAYMENT' })
  key: string;
  @Shown('Chinese name', { example: '笔试缴费' })
  name: string;
  @Shown('必 or 选')
  required: boolean;
  @Shown('State', { enum: ['DONE', 'TO_DO', 'UNPAID', 'NOT_PRINTABLE', 'PRINTABLE'], enumName: 'StepState' })
  state: string;
}

export class EnrolmentsOfKindShown {
  @Shown('Enrolments, ended ones included', { type: [EnrolmentShown] })
  enrolments: EnrolmentShown[];
  @Shown('未支付: what is left to pay, fen', { example: 3000 })
  unpaidFen: number;
  @Shown('支付状态', { enum: ['NONE', 'ALL_UNPAID', 'PARTLY_PAID', 'ALL_PAID'], enumName: 'PaymentState' })
  paymentState: string;
}

/** The registration page (R-RG-1, R-RG-2). */
export class RegistrationShown {
  @Shown('Id')
  id: string;
  @Shown('The student record as it was when confirmed')
  snapshot: StudentDetailsShown;
  @Shown('资格科目', { type: [SubjectShown] })
  qualifiedSubjects: SubjectShown[];
  @Shown('报名流程', { type: [StepShown] })
  steps: StepShown[];
  @Shown('笔试报考科目')
  written: EnrolmentsOfKindShown;
  @Shown('口试报考科目')
  oral: EnrolmentsOfKindShown;
  @Shown('候补信息')
  waitlist: WaitlistShown;
  @Shown('CET6资格复核')
  cet6Review: Cet6ReviewStateShown;
  @Shown('通告', { type: [NoticeShown] })
  notices: NoticeShown[];
  @Shown('What can be done now', {
    isArray: true,
    enum: [
      'CHOOSE_WRITTEN',
      'CHOOSE_REPORT_FORM',
      'PAY_WRITTEN',
      'CHOOSE_ORAL',
      'PAY_ORAL',
      'REQUEST_CET6_REVIEW',
      'DELETE_REGISTRATION',
    ],
    enumName: 'CandidateAction',
  })
  actions: string[];
  @ShownIfAny('When a registration without any subject will be deleted', { format: 'date-time' })
  deletesAt?: string;
}
