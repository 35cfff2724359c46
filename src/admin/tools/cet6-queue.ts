import { Injectable } from '@nestjs/common';
import { DAYS, toShanghai, toShanghaiText } from '../../kernel/clock.js';
import { maskDocumentNumber } from '../../kernel/document-number.js';
import {
  CET4_PASS_SCORE,
  DOCUMENT_TYPES,
  type DocumentType,
  EDUCATION_LEVELS,
  GENDERS,
} from '../../kernel/words.js';
import {
  ApproveCleanCet6Reviews,
  CET6_MATERIALS,
  type Cet4Result,
  type Cet6Material,
  type Cet6QueueQuestion,
  type Cet6Review,
  CompareCet6Review,
  DecideCet6Review,
  differencesOf,
  LAST_QUEUE_PAGE,
  ListCet6Queue,
  NOT_CLEAN,
  type NotClean,
  ShowStudentPhoto,
  TakeBackCet6Decisions,
  type TextPiece,
} from '../../modules/qualification/index.js';
import { SchoolRepository } from '../../modules/sitting/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  EnumField,
  EnumListField,
  IdField,
  IdListField,
  IntField,
  TextField,
} from '../../platform/http/fields.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { COMPONENTS } from '../components.js';
import { choicesOf } from '../panel/form.js';
import { EVERY_ROLE, type PanelUser } from '../panel/panel-user.js';
import { type Tool, toolDownload, toolVerb } from '../panel/tool.js';
import { staffIdIn } from '../staff/staff.entity.js';
import { StaffRepository } from '../staff/staff.repository.js';

const STATES = ['PENDING', 'APPROVED', 'REJECTED'] as const;

/** Why a review is not clean, in a list. */
const IN_SHORT: Readonly<Record<NotClean, string>> = {
  RESULT_GONE: '没有四级成绩',
  SCORE_TOO_LOW: '成绩低于425分',
  NAME_DIFFERS: '姓名不同',
  DOCUMENT_DIFFERS: '证件号码不同',
  ROSTER_DIFFERS: '学籍已变',
  SUBMITTED_REPEATEDLY: '多次提交',
};

class QueueInput implements Cet6QueueQuestion {
  @EnumField({ description: 'State', values: STATES, name: 'Cet6ReviewState' })
  state: Cet6QueueQuestion['state'];
  @IntField({ description: 'Submitted so many days ago or earlier', min: 1, max: 365, optional: true })
  olderThanDays?: number;
  @IntField({ description: 'Page, from 1', min: 1, max: LAST_QUEUE_PAGE })
  page: number;
}

class ReviewInput {
  @IdField({ description: 'The review' })
  reviewId: string;
}

const VERSION = { max: 43, description: 'What was shown of it' };

class DecideInput extends ReviewInput {
  @TextField(VERSION)
  version: string;
  @EnumField({ description: 'Decision', values: ['APPROVE', 'REJECT'], name: 'Cet6Decision' })
  decision: 'APPROVE' | 'REJECT';
  @TextField({ description: 'Why not; the candidate reads it', max: 300, optional: true })
  reason?: string;
  @EnumListField({
    description: '所凭材料',
    values: Object.keys(CET6_MATERIALS),
    name: 'Cet6Material',
    min: 1,
    optional: true,
  })
  materials?: Cet6Material[];
  @TextField({ description: '备注', max: 100, optional: true })
  note?: string;
}

class ManyInput {
  @IdListField({ description: 'The reviews', min: 1, max: 500 })
  reviewIds: string[];
}

class ApproveCleanInput extends ManyInput {
  @IdListField({ description: 'What was shown of each, in their order', min: 1, max: 500, maxLength: 43 })
  versions: string[];
}

/** A line of the comparison: what the candidate says, what the CET4 record says, what the roster says. */
interface ComparedLine {
  label: string;
  said: readonly TextPiece[];
  record: readonly TextPiece[] | null;
  roster: string | null;
  differs: boolean;
  /** What it comes to, in a word. */
  outcome: { text: string; good: boolean } | null;
}

class PhotoOfInput {
  @IdField({ description: 'The student record' })
  recordId: string;
}

/** CET6资格复核: the queue, one review side by side with its CET4 record, the decision (R-CR-4). The school decides. */
@Injectable()
export class Cet6QueueTool implements Tool {
  readonly id = 'cet6-queue';
  readonly name = 'CET6资格复核';
  readonly icon = 'CheckSquare';
  readonly section = 'CANDIDATES';
  readonly component = COMPONENTS.cet6Queue;
  readonly roles = EVERY_ROLE;
  readonly verbs = [
    toolVerb<QueueInput>({
      name: 'list',
      input: QueueInput,
      run: async (asked, { user }) => {
        const { items, total, perPage, now } = await this.listQueue.execute(asked, user.actor);
        return {
          total,
          perPage,
          mayDecide: user.actor.role === 'SCHOOL',
          items: items.map(({ review, notClean, version }) => ({
            id: review.id,
            name: review.name,
            documentNumber: maskDocumentNumber(review.documentNumber),
            ticketNumber: review.ticketNumber,
            schoolCode: review.schoolCode,
            submissions: review.submissions,
            submittedAt: toShanghaiText(review.submittedAt),
            waitingDays: waitingDays(review, now),
            notClean: notClean && IN_SHORT[notClean],
            given: givenIn(review, now, user),
            version,
          })),
        };
      },
    }),
    toolVerb<ReviewInput>({
      name: 'compare',
      input: ReviewInput,
      run: async (asked, { user }) => {
        const { review, result, student, recordId, notClean, version, now } = await this.compare.execute(
          asked,
          user.actor,
        );
        const reader = this.unitOfWork.read();
        const place = (await this.schools.names(reader, [review.campusCode])).get(review.campusCode);
        const deciderId = staffIdIn(review.given?.by ?? review.decidedBy);
        const decider = deciderId && (await this.staff.names(reader, [deciderId])).get(deciderId);
        return {
          id: review.id,
          version,
          name: review.name,
          state: review.state,
          given: givenIn(review, now, user),
          decidedBy: decider,
          waitingDays: waitingDays(review, now),
          school: `${place?.school.name ?? review.schoolCode} ${place?.campus.name ?? review.campusCode}`,
          submissions: review.submissions,
          submittedAt: toShanghaiText(review.submittedAt),
          decidedAt: review.decidedAt && toShanghaiText(review.decidedAt),
          reason: review.reason,
          recordId,
          mayDecide: user.actor.role === 'SCHOOL' && review.state === 'PENDING' && !review.given,
          notClean: notClean && NOT_CLEAN[notClean],
          inShort: notClean && IN_SHORT[notClean],
          materials: choicesOf(CET6_MATERIALS),
          basis: review.basis && [
            ...review.basis.materials.map((material) => CET6_MATERIALS[material]),
            ...(review.basis.note ? [review.basis.note] : []),
          ],
          lines: [
            compared('姓名', review.name, result?.name, student?.name),
            compared(
              '证件类型',
              typeName(review.documentType),
              typeName(result?.documentType),
              typeName(student?.documentType),
            ),
            compared('证件号码', review.documentNumber, result?.documentNumber, student?.documentNumber),
            compared('四级准考证号', review.ticketNumber, result?.ticketNumber, undefined),
            {
              ...compared('四级成绩', undefined, result && String(result.score), undefined),
              outcome: passed(result),
            },
          ],
          student: student && [
            ['性别', GENDERS[student.gender]],
            ['学历', EDUCATION_LEVELS[student.educationLevel]],
            ['年级', student.grade],
            ['院系', student.college],
            ['专业', student.major],
            ['班级', student.className],
            ['学号', student.studentNumber],
          ],
        };
      },
    }),
    toolVerb<DecideInput>({
      name: 'decide',
      roles: ['SCHOOL'],
      input: DecideInput,
      run: async ({ materials, note, ...command }, { user }) => {
        const basis = materials ? { materials, note: note?.trim() || null } : null;
        const { finalAt } = await this.decide.execute({ ...command, basis }, user.actor);
        return { finalAt: toShanghai(finalAt) };
      },
    }),
    toolVerb<ApproveCleanInput>({
      name: 'approveClean',
      roles: ['SCHOOL'],
      input: ApproveCleanInput,
      run: ({ reviewIds, versions }, { user }) => {
        const reviews = reviewIds.map((reviewId, i) => ({ reviewId, version: versions[i] ?? '' }));
        return this.approveClean.execute({ reviews }, user.actor);
      },
    }),
    toolVerb<ManyInput>({
      name: 'takeBack',
      roles: ['SCHOOL'],
      input: ManyInput,
      run: (command, { user }) => this.takeBack.execute(command, user.actor),
    }),
  ];
  /** Beside a claim, and on a student's page: whoever sees the student. */
  readonly downloads = [
    toolDownload<PhotoOfInput>({
      name: 'photo',
      input: PhotoOfInput,
      run: async ({ recordId }, { actor }) => {
        const photo = await this.showPhoto.execute({ recordId }, actor);
        if (!photo) throw NOT_FOUND();
        return { fileName: 'photo.jpg', type: 'image/jpeg', content: photo.jpeg };
      },
    }),
  ];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly schools: SchoolRepository,
    private readonly staff: StaffRepository,
    private readonly listQueue: ListCet6Queue,
    private readonly compare: CompareCet6Review,
    private readonly decide: DecideCet6Review,
    private readonly approveClean: ApproveCleanCet6Reviews,
    private readonly takeBack: TakeBackCet6Decisions,
    private readonly showPhoto: ShowStudentPhoto,
  ) {}
}

function waitingDays({ submittedAt }: Cet6Review, now: Date): number {
  return Math.floor((now.getTime() - submittedAt.getTime()) / DAYS);
}

/** What the school has decided and may take back; `milliseconds` are left for that. */
function givenIn({ given, finalAt }: Cet6Review, now: Date, { actor }: PanelUser) {
  return (
    given && {
      decision: given.decision,
      mine: staffIdIn(given.by) === actor.staffId,
      milliseconds: Math.max(0, finalAt!.getTime() - now.getTime()),
    }
  );
}

function typeName(type: DocumentType | null | undefined): string | undefined {
  return type ? DOCUMENT_TYPES[type] : undefined;
}

/** Differences are marked only between two things that were said. */
function compared(
  label: string,
  said: string | undefined,
  record: string | null | undefined,
  roster: string | undefined,
): ComparedLine {
  const [saidPieces, recordPieces] =
    said && record ? differencesOf(said, record) : [whole(said), whole(record)];
  return {
    label,
    said: saidPieces,
    record: recordPieces,
    roster: roster ?? null,
    differs: Boolean(said && record && said !== record),
    outcome: outcomeOf(saidPieces, recordPieces),
  };
}

function outcomeOf(said: readonly TextPiece[], record: readonly TextPiece[]) {
  if (said.length === 0 || record.length === 0) return null;
  const unlike = Math.max(...[said, record].map(charactersUnlike));
  if (unlike === 0) return { text: '一致', good: true };
  const isNumber = /\d/.test(textOf(record));
  return { text: isNumber ? `差 ${unlike} 位` : '不同', good: false };
}

function textOf(pieces: readonly TextPiece[]): string {
  return pieces.map(({ text }) => text).join('');
}

function charactersUnlike(pieces: readonly TextPiece[]): number {
  return pieces.filter(({ same }) => !same).reduce((sum, { text }) => sum + text.length, 0);
}

function passed(result: Cet4Result | null) {
  if (!result) return { text: '没有成绩', good: false };
  const good = result.score >= CET4_PASS_SCORE;
  return { text: good ? `${CET4_PASS_SCORE} 以上` : `低于 ${CET4_PASS_SCORE}`, good };
}

function whole(text: string | null | undefined): TextPiece[] {
  return text ? [{ text, same: true }] : [];
}
