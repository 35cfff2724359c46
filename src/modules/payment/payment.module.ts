import { Global, Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { NotificationModule } from '../notification/index.js';
import { PassportModule } from '../passport/index.js';
import { QualificationModule } from '../qualification/index.js';
import { OpenOrders, RegistrationModule } from '../registration/index.js';
import { SittingModule } from '../sitting/index.js';
import { AskAboutOpenOrders } from './ask-about-open-orders.use-case.js';
import { AskPlatform } from './ask-platform.use-case.js';
import { CloseOpenOrders } from './close-open-orders.use-case.js';
import { CloseOrder } from './close-order.use-case.js';
import { DecidePaymentBatch } from './decide-payment-batch.use-case.js';
import { HoldWhileUndecided } from './hold-while-undecided.js';
import { LoadPayableEnrolments } from './load-payable-enrolments.js';
import { LockEnrolment } from './lock-enrolment.use-case.js';
import { OpenOrder } from './open-order.use-case.js';
import { PaymentController } from './payment.controller.js';
import { PaymentJobs } from './payment.jobs.js';
import { PaymentBatchRepository } from './payment-batch.repository.js';
import { PaymentMessageRepository } from './payment-message.repository.js';
import { PaymentNotificationController } from './payment-notification.controller.js';
import { PaymentOrderRepository } from './payment-order.repository.js';
import { ReceiveMessage } from './receive-message.use-case.js';
import { RefreshOrder } from './refresh-order.use-case.js';
import { SettlePayment } from './settle-payment.use-case.js';
import { SettlePaymentBatches } from './settle-payment-batches.use-case.js';
import { ShowOrderRecords } from './show-order-records.js';
import { ShowOrders } from './show-orders.use-case.js';
import { SubmitPaymentBatch } from './submit-payment-batch.use-case.js';
import { TellMoneyDueBack } from './tell-money-due-back.js';
import { TellPaymentSucceeded } from './tell-payment-succeeded.js';
import { UnlockEnrolment } from './unlock-enrolment.use-case.js';

/** 支付: orders, settlement; the platforms are `GatewaysModule`'s. Global, because registration below it needs `OpenOrders` from it. */
@Global()
@Module({
  imports: [
    SittingModule,
    AuditModule,
    NotificationModule,
    PassportModule,
    QualificationModule,
    RegistrationModule,
  ],
  controllers: [PaymentController, PaymentNotificationController],
  providers: [
    PaymentOrderRepository,
    PaymentBatchRepository,
    PaymentMessageRepository,
    OpenOrder,
    ShowOrders,
    RefreshOrder,
    ReceiveMessage,
    SettlePayment,
    TellMoneyDueBack,
    TellPaymentSucceeded,
    AskPlatform,
    AskAboutOpenOrders,
    CloseOrder,
    CloseOpenOrders,
    ShowOrderRecords,
    HoldWhileUndecided,
    LockEnrolment,
    UnlockEnrolment,
    LoadPayableEnrolments,
    SubmitPaymentBatch,
    DecidePaymentBatch,
    SettlePaymentBatches,
    { provide: OpenOrders, useExisting: CloseOpenOrders },
    PaymentJobs,
  ],
  exports: [
    OpenOrders,
    ReceiveMessage,
    PaymentBatchRepository,
    LoadPayableEnrolments,
    PaymentOrderRepository,
    ShowOrderRecords,
    LockEnrolment,
    UnlockEnrolment,
    SubmitPaymentBatch,
    DecidePaymentBatch,
  ],
})
export class PaymentModule {}
