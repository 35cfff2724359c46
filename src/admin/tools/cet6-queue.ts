import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { maskDocumentNumber } from '../../kernel/document-number.js';
import { DOCUMENT_TYPES, type DocumentType } from '../../kernel/words.js';
import {
  ApproveCleanCet6Reviews,
  type Cet6QueueQuestion,
  CompareCet6Review,
  DecideCet6Review,
  type DecideCet6ReviewCommand,
  differencesOf,
  LAST_QUEUE_PAGE,
  ListCet6Queue,
  NOT_CLEAN,
  type NotClean,
  ShowStudentPhoto,
  type TextPiece,
} from '../../modules/qualification/index.js';
import { SchoolRepository } from '../../modules/sitting/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { EnumField, IdField, IdListField, IntField, TextField } from '../../platform/http/fields.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { COMPONENTS } from '../components.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import { type Tool, toolDownload, toolVerb } from '../panel/tool.js';

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

class DecideInput extends ReviewInput implements DecideCet6ReviewCommand {
  @EnumField({ description: 'Decision', values: ['APPROVE', 'REJECT'], name: 'Cet6Decision' })
  decision: DecideCet6ReviewCommand['decision'];
  @TextField({ description: 'Why not; the candidate reads it', max: 300, optional: true })
  reason?: string;
}

class ApproveCleanInput {
  @IdListField({ description: 'The reviews', min: 1, max: 500 })
  reviewIds: string[];
}

/** A line of the comparison: what the candidate says, what the CET4 record says, what the roster says. */
interface ComparedLine {
  label: string;
  said: readonly TextPiece[];
  record: readonly TextPiece[] | null;
  roster: string | null;
  differs: boolean;
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
          items: items.map(({ review, notClean }) => ({
            id: review.id,
            name: review.name,
            documentNumber: maskDocumentNumber(review.documentNumber),
            ticketNumber: review.ticketNumber,
            schoolCode: review.schoolCode,
            submissions: review.submissions,
            submittedAt: toShanghaiText(review.submittedAt),
            waitingDays: Math.floor((now.getTime() - review.submittedAt.getTime()) / 86_400_000),
            notClean: notClean && IN_SHORT[notClean],
          })),
        };
      },
    }),
    toolVerb<ReviewInput>({
      name: 'compare',
      input: ReviewInput,
      run: async (asked, { user }) => {
        const { review, result, student, recordId, notClean } = await this.compare.execute(asked, user.actor);
        const names = await this.schools.names(this.unitOfWork.read(), [review.campusCode]);
        const place = names.get(review.campusCode);
        return {
          id: review.id,
          state: review.state,
          school: `${place?.school.name ?? review.schoolCode} ${place?.campus.name ?? review.campusCode}`,
          submissions: review.submissions,
          submittedAt: toShanghaiText(review.submittedAt),
          decidedAt: review.decidedAt && toShanghaiText(review.decidedAt),
          reason: review.reason,
          recordId,
          mayDecide: user.actor.role === 'SCHOOL' && review.state === 'PENDING',
          notClean: notClean && NOT_CLEAN[notClean],
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
            compared('四级成绩', undefined, result && String(result.score), undefined),
          ],
          student: student && [
            ['院系', student.college],
            ['专业', student.major],
            ['班级', student.className],
            ['学号', student.studentNumber],
            ['年级', student.grade],
          ],
        };
      },
    }),
    toolVerb<DecideInput>({
      name: 'decide',
      roles: ['SCHOOL'],
      input: DecideInput,
      run: (command, { user }) => this.decide.execute(command, user.actor),
    }),
    toolVerb<ApproveCleanInput>({
      name: 'approveClean',
      roles: ['SCHOOL'],
      input: ApproveCleanInput,
      run: (command, { user }) => this.approveClean.execute(command, user.actor),
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
    private readonly listQueue: ListCet6Queue,
    private readonly compare: CompareCet6Review,
    private readonly decide: DecideCet6Review,
    private readonly approveClean: ApproveCleanCet6Reviews,
    private readonly showPhoto: ShowStudentPhoto,
  ) {}
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
  };
}

function whole(text: string | null | undefined): TextPiece[] {
  return text ? [{ text, same: true }] : [];
}
