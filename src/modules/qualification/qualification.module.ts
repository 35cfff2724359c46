import { Module } from '@nestjs/common';
import { ImportModule } from '../../platform/import/import.module.js';
import { AuditModule } from '../audit/index.js';
import { NotificationModule } from '../notification/index.js';
import { PassportModule } from '../passport/index.js';
import { SittingModule } from '../sitting/index.js';
import { AcceptAgreement } from './accept-agreement.use-case.js';
import { AddCet6QualificationByHand } from './add-cet6-qualification-by-hand.use-case.js';
import { AddSubjectListLine } from './add-subject-list-line.use-case.js';
import { AgreementController } from './agreement.controller.js';
import { AgreementAcceptanceRepository } from './agreement-acceptance.repository.js';
import { ApproveCleanCet6Reviews } from './approve-clean-cet6-reviews.use-case.js';
import { Cet4ResultRepository } from './cet4-result.repository.js';
import { Cet6Claim } from './cet6-claim.js';
import { Cet6Decision } from './cet6-decision.js';
import { Cet6EvidenceOf } from './cet6-evidence.js';
import { Cet6ReviewController } from './cet6-review.controller.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import { CompareCet6Review } from './compare-cet6-review.use-case.js';
import { CountAcceptances } from './count-acceptances.use-case.js';
import { DecideCet6Review } from './decide-cet6-review.use-case.js';
import { DeleteCet6Review } from './delete-cet6-review.use-case.js';
import { DeleteStudentRecords } from './delete-student-records.use-case.js';
import { EditStudentRecord } from './edit-student-record.use-case.js';
import { FindStudentRecord } from './find-student-record.js';
import { ImportCet4Results } from './import-cet4-results.use-case.js';
import { ImportPhotos } from './import-photos.use-case.js';
import { ImportRoster } from './import-roster.use-case.js';
import { ImportSubjectLists } from './import-subject-lists.use-case.js';
import { ImportSubjectRules } from './import-subject-rules.use-case.js';
import { ListCet6Queue } from './list-cet6-queue.use-case.js';
import { LookUpLimits } from './look-up-limits.js';
import { LookedUpRecords } from './looked-up-records.repository.js';
import { MakeCet6DecisionsFinal } from './make-cet6-decisions-final.use-case.js';
import { MoveCet6Review } from './move-cet6-review.js';
import { PublishAgreement } from './publish-agreement.use-case.js';
import { QualificationController } from './qualification.controller.js';
import { QualificationJobs } from './qualification.jobs.js';
import { Qualification } from './qualification.js';
import { QualificationFactsRepository } from './qualification-facts.repository.js';
import { QueryQualification } from './query-qualification.use-case.js';
import { RemoveSubjectListLines } from './remove-subject-list-lines.use-case.js';
import { RemoveSubjectRules } from './remove-subject-rules.use-case.js';
import { ResubmitCet6Review } from './resubmit-cet6-review.use-case.js';
import { SetSubjectRule } from './set-subject-rule.use-case.js';
import { ShowAgreement } from './show-agreement.use-case.js';
import { ShowCet6Review } from './show-cet6-review.use-case.js';
import { ShowStudentPhoto } from './show-student-photo.use-case.js';
import { StudentPhotoRepository } from './student-photo.repository.js';
import { StudentRecordRepository } from './student-record.repository.js';
import { SubjectListLineRepository } from './subject-list-line.repository.js';
import { SubjectRuleRepository } from './subject-rule.repository.js';
import { SubmitCet6Review } from './submit-cet6-review.use-case.js';
import { TakeBackCet6Decisions } from './take-back-cet6-decisions.use-case.js';
import { TellCandidate } from './tell-candidate.js';

const shared = [
  MoveCet6Review,
  AgreementAcceptanceRepository,
  StudentRecordRepository,
  FindStudentRecord,
  LookedUpRecords,
  LookUpLimits,
  Qualification,
  DecideCet6Review,
  Cet6Decision,
  TakeBackCet6Decisions,
  ApproveCleanCet6Reviews,
  CompareCet6Review,
  ListCet6Queue,
  AddCet6QualificationByHand,
  EditStudentRecord,
  DeleteStudentRecords,
  AddSubjectListLine,
  RemoveSubjectListLines,
  ShowStudentPhoto,
  ImportPhotos,
  StudentPhotoRepository,
  ImportRoster,
  ImportCet4Results,
  ImportSubjectRules,
  SetSubjectRule,
  RemoveSubjectRules,
  PublishAgreement,
  CountAcceptances,
  ImportSubjectLists,
];

/** 报名协议, 学籍, 资格科目, CET6资格复核. */
@Module({
  imports: [ImportModule, NotificationModule, AuditModule, SittingModule, PassportModule],
  controllers: [AgreementController, QualificationController, Cet6ReviewController],
  providers: [
    ...shared,
    QualificationFactsRepository,
    Cet4ResultRepository,
    Cet6ReviewRepository,
    SubjectListLineRepository,
    SubjectRuleRepository,
    Cet6Claim,
    MakeCet6DecisionsFinal,
    QualificationJobs,
    Cet6EvidenceOf,
    TellCandidate,
    ShowAgreement,
    AcceptAgreement,
    QueryQualification,
    ShowCet6Review,
    SubmitCet6Review,
    ResubmitCet6Review,
    DeleteCet6Review,
  ],
  // whoever says `@HasAgreed()` needs passport's guards too
  exports: [...shared, PassportModule],
})
export class QualificationModule {}
