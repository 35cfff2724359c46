import { Module } from '@nestjs/common';
import { ImportModule } from '../../platform/import/import.module.js';
import { PassportModule } from '../passport/index.js';
import { SittingModule } from '../sitting/index.js';
import { AcceptAgreement } from './accept-agreement.use-case.js';
import { AddCet6QualificationByHand } from './add-cet6-qualification-by-hand.use-case.js';
import { AgreementController } from './agreement.controller.js';
import { AgreementAcceptanceRepository } from './agreement-acceptance.repository.js';
import { Cet4ResultRepository } from './cet4-result.repository.js';
import { Cet6Claim } from './cet6-claim.js';
import { Cet6ReviewController } from './cet6-review.controller.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';
import { DecideCet6Review } from './decide-cet6-review.use-case.js';
import { DeleteCet6Review } from './delete-cet6-review.use-case.js';
import { FindStudentRecord } from './find-student-record.js';
import { ImportCet4Results } from './import-cet4-results.use-case.js';
import { ImportRoster } from './import-roster.use-case.js';
import { ImportSubjectLists } from './import-subject-lists.use-case.js';
import { ImportSubjectRules } from './import-subject-rules.use-case.js';
import { LookUpLimits } from './look-up-limits.js';
import { LookedUpRecords } from './looked-up-records.repository.js';
import { QualificationController } from './qualification.controller.js';
import { Qualification } from './qualification.js';
import { QualificationFactsRepository } from './qualification-facts.repository.js';
import { QueryQualification } from './query-qualification.use-case.js';
import { ResubmitCet6Review } from './resubmit-cet6-review.use-case.js';
import { ShowAgreement } from './show-agreement.use-case.js';
import { ShowCet6Review } from './show-cet6-review.use-case.js';
import { StudentRecordRepository } from './student-record.repository.js';
import { SubjectListLineRepository } from './subject-list-line.repository.js';
import { SubjectRuleRepository } from './subject-rule.repository.js';
import { SubmitCet6Review } from './submit-cet6-review.use-case.js';

const shared = [
  AgreementAcceptanceRepository,
  StudentRecordRepository,
  FindStudentRecord,
  LookedUpRecords,
  LookUpLimits,
  Qualification,
  DecideCet6Review,
  AddCet6QualificationByHand,
  ImportRoster,
  ImportCet4Results,
  ImportSubjectRules,
  ImportSubjectLists,
];

/** 报名协议, 学籍, 资格科目, CET6资格复核. */
@Module({
  imports: [ImportModule, SittingModule, PassportModule],
  controllers: [AgreementController, QualificationController, Cet6ReviewController],
  providers: [
    ...shared,
    QualificationFactsRepository,
    Cet4ResultRepository,
    Cet6ReviewRepository,
    SubjectListLineRepository,
    SubjectRuleRepository,
    Cet6Claim,
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
