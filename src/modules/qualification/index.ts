export { AddCet6QualificationByHand } from './add-cet6-qualification-by-hand.use-case.js';
export { AddSubjectListLine, type AddSubjectListLineCommand } from './add-subject-list-line.use-case.js';
export { AGREEMENT_NOT_ACCEPTED } from './agreement.rules.js';
export { AgreementAcceptance } from './agreement-acceptance.entity.js';
export { ApproveCleanCet6Reviews } from './approve-clean-cet6-reviews.use-case.js';
export { Cet4Result } from './cet4-result.entity.js';
export { Cet6Decision } from './cet6-decision.js';
export { CET6_MATERIALS, type Cet6Material } from './cet6-given-decision.js';
export { Cet6ReviewStateShown } from './cet6-review.dto.js';
export { Cet6Review } from './cet6-review.entity.js';
export { CET6_REVIEW_STATES, type Cet6ReviewState } from './cet6-review.machine.js';
export { NOT_CLEAN, type NotClean } from './clean-review.rules.js';
export { CompareCet6Review } from './compare-cet6-review.use-case.js';
export { CountAcceptances } from './count-acceptances.use-case.js';
export { DecideCet6Review, type DecideCet6ReviewCommand } from './decide-cet6-review.use-case.js';
export { DeleteStudentRecords } from './delete-student-records.use-case.js';
export { EditStudentRecord, type EditStudentRecordCommand } from './edit-student-record.use-case.js';
export { FindStudentRecord, type NamedStudent } from './find-student-record.js';
export { HasAgreed } from './has-agreed.js';
export { CET4_RESULT_COLUMNS, ImportCet4Results } from './import-cet4-results.use-case.js';
export { type ImportedPhotos, ImportPhotos, type ImportPhotosCommand } from './import-photos.use-case.js';
export { ImportRoster } from './import-roster.use-case.js';
export { ImportSubjectLists, SUBJECT_LIST_COLUMNS } from './import-subject-lists.use-case.js';
export { ImportSubjectRules } from './import-subject-rules.use-case.js';
export { type Cet6QueueQuestion, LAST_QUEUE_PAGE, ListCet6Queue } from './list-cet6-queue.use-case.js';
export { LookUpLimits } from './look-up-limits.js';
export { LookedUpRecord } from './looked-up-record.entity.js';
export { LookedUpRecords } from './looked-up-records.repository.js';
export { MISSING_REASONS, type MissingReason } from './missing-reasons.js';
export { MoveCet6Review } from './move-cet6-review.js';
export { PublishAgreement } from './publish-agreement.use-case.js';
export { Qualification, type QualificationAnswer } from './qualification.js';
export { QualificationModule } from './qualification.module.js';
export {
  candidateIsQualifiedFor,
  NO_QUALIFIED_SUBJECT,
  NOT_QUALIFIED,
  theCandidateHasAQualifiedSubject,
} from './qualification.rules.js';
export { RemoveSubjectListLines } from './remove-subject-list-lines.use-case.js';
export { RemoveSubjectRules } from './remove-subject-rules.use-case.js';
export { ROSTER_COLUMNS } from './roster.columns.js';
export { SetSubjectRule } from './set-subject-rule.use-case.js';
export { ShowStudentPhoto } from './show-student-photo.use-case.js';
export { StudentDetailsShown } from './student-details.dto.js';
export { StudentDetails } from './student-details.js';
export { StudentPhoto } from './student-photo.entity.js';
export { StudentPhotoRepository } from './student-photo.repository.js';
export { PHOTO_LIMITS } from './student-photo.rules.js';
export { StudentRecord } from './student-record.entity.js';
export { StudentRecordRepository } from './student-record.repository.js';
export { allThreeMatchARecord, RECORD_NOT_FOUND } from './student-record.rules.js';
export { SubjectListLine } from './subject-list-line.entity.js';
export { SubjectRule } from './subject-rule.entity.js';
export { TakeBackCet6Decisions } from './take-back-cet6-decisions.use-case.js';
export { differencesOf, type TextPiece } from './text-difference.js';

import { AgreementAcceptance } from './agreement-acceptance.entity.js';
import { Cet4Result } from './cet4-result.entity.js';
import { Cet6Review } from './cet6-review.entity.js';
import { LookedUpRecord } from './looked-up-record.entity.js';
import { StudentPhoto } from './student-photo.entity.js';
import { StudentRecord } from './student-record.entity.js';
import { SubjectListLine } from './subject-list-line.entity.js';
import { SubjectRule } from './subject-rule.entity.js';

export const qualificationEntities = [
  AgreementAcceptance,
  StudentRecord,
  StudentPhoto,
  SubjectRule,
  SubjectListLine,
  Cet4Result,
  Cet6Review,
  LookedUpRecord,
];
