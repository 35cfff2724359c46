import { newId } from '../../src/kernel/ids.js';
import { AuditLine } from '../../src/modules/audit/index.js';
import {
  CollectiveRegistration,
  CollectiveRegistrationLine,
} from '../../src/modules/collective-registration/index.js';
import { OutboxMessage } from '../../src/modules/notification/index.js';
import { OwnerChange } from '../../src/modules/ownership/index.js';
import { PaymentBatch, PaymentBatchLine, PaymentOrder } from '../../src/modules/payment/index.js';
import {
  Cet4Result,
  Cet6Review,
  type StudentRecord,
  SubjectListLine,
  SubjectRule,
} from '../../src/modules/qualification/index.js';
import { Enrolment, Registration, WaitlistEntry } from '../../src/modules/registration/index.js';
import { Agreement, type Campus, Notice, Sitting, type Venue } from '../../src/modules/sitting/index.js';
import { SecretBox } from '../../src/platform/http/secret-box.js';
import { openAccount } from '../support/passport.js';
import { addStaff } from '../support/staff.js';
import type { World } from '../support/world.js';

/** A school of its own, with everything a school has, and a mark in every text of it that people wrote. */
export interface Place {
  readonly campus: Campus;
  readonly venue: Venue;
  readonly mark: string;
  readonly record: StudentRecord;
  readonly registration: Registration;
  readonly enrolment: Enrolment;
}

/** What a page or a spreadsheet would run if it took it for more than text. */
export const markOf = (schoolCode: string) => `=${schoolCode}<img src=x onerror=alert(1)>`;

export async function furnish(world: World, provinceCode: string, schoolCode: string): Promise<Place> {
  const mark = markOf(schoolCode);
  const campus = await world.campus({ provinceCode, schoolCode, name: mark });
  const venue = await world.venue({ campus });
  const candidate = await world.registered({ campus, name: mark, remark: mark, college: mark });
  await candidate.enrols(venue);
  const { manager } = world.dataSource;
  const registration = await manager.findOneByOrFail(Registration, { accountId: candidate.accountId });
  const enrolment = await manager.findOneByOrFail(Enrolment, { registrationId: registration.id });
  return { campus, venue, mark, record: candidate.record, registration, enrolment };
}

type NewRow = (place: Place, world: World) => Promise<string>;

/** Inserts a row and gives its id. */
function inserted(entity: new () => object, facts: (place: Place, world: World) => { id: string }): NewRow {
  return async (place, world) => {
    const row = facts(place, world);
    await world.unitOfWork.run((tx) => tx.manager.insert<object>(entity, row));
    return row.id;
  };
}

const where = ({ campus: { provinceCode, schoolCode } }: Place) => ({ provinceCode, schoolCode });
const theSame = async <Row extends { id: string }>(row: Row) => row.id;

const newOwnerChange = (toAccountId: string): NewRow =>
  inserted(OwnerChange, (place, world) => ({
    id: newId(),
    ...where(place),
    sittingId: place.venue.sittingId,
    kind: 'MOVE',
    state: 'REQUESTED',
    recordId: place.record.id,
    documentType: 'PASSPORT',
    documentNumber: place.record.details.documentNumber,
    name: place.mark,
    registrationId: place.registration.id,
    fromAccountId: place.registration.accountId,
    toAccountId,
    proof: 'IN_PERSON',
    phone: null,
    reason: place.mark,
    requestedBy: newId(),
    requesterInvitedBy: null,
    requestedAt: world.clock.now(),
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
  }));

/**
 * A row of every noun of the back office, at a place. A noun that is missing here fails the matrix: nobody would have
 * looked whether it keeps to its scope.
 */
export const ROWS_OF_EVERY_NOUN: Readonly<Record<string, NewRow>> = {
  venues: ({ venue }) => theSame(venue),
  campuses: async ({ campus }) => campus.code,
  schools: async ({ campus }) => campus.schoolCode,
  provinces: async ({ campus }) => campus.provinceCode,
  sittings: async (_place, world) => (await world.dataSource.manager.findOneByOrFail(Sitting, {})).id,
  agreements: async (_place, world) =>
    String((await world.dataSource.manager.findOneByOrFail(Agreement, {})).version),
  'student-records': ({ record }) => theSame(record),
  registrations: ({ registration }) => theSame(registration),
  enrolments: ({ enrolment }) => theSame(enrolment),
  notices: inserted(Notice, (place, world) => ({
    id: newId(),
    ...where(place),
    sittingId: place.venue.sittingId,
    issuer: 'SCHOOL',
    kind: null,
    title: place.mark,
    bodyHtml: `<p>${place.campus.schoolCode}</p>`,
    bodyText: place.campus.schoolCode,
    publishedAt: world.clock.now(),
    withdrawnAt: null,
  })),
  'subject-rules': inserted(SubjectRule, (place) => ({
    id: newId(),
    ...where(place),
    sittingId: place.venue.sittingId,
    subjectCode: '1',
    educationLevels: null,
    grades: [place.mark],
    entryYears: null,
  })),
  'subject-list-lines': inserted(SubjectListLine, (place, world) => ({
    id: newId(),
    ...where(place),
    sittingId: place.venue.sittingId,
    documentType: 'PASSPORT',
    documentNumber: `L${place.campus.schoolCode}`,
    subjectCode: '2',
    list: 'WHITE',
    reason: place.mark,
    createdAt: world.clock.now(),
  })),
  'cet4-results': async ({ campus, mark }, world) => {
    const ticketNumber = `${campus.code}251100101`;
    const facts = { documentType: null, documentNumber: `T${campus.schoolCode}`, name: mark, score: 500 };
    await world.unitOfWork.run((tx) => tx.manager.insert(Cet4Result, { ticketNumber, ...facts }));
    return ticketNumber;
  },
  'cet6-reviews': inserted(Cet6Review, (place, world) => ({
    id: newId(),
    ...where(place),
    accountId: newId(),
    sittingId: place.venue.sittingId,
    campusCode: place.campus.code,
    documentType: 'PASSPORT',
    documentNumber: `R${place.campus.schoolCode}`,
    name: place.mark,
    ticketNumber: `${place.campus.code}251100102`,
    state: 'PENDING',
    submissions: 1,
    submittedAt: world.clock.now(),
    decidedAt: null,
    decidedBy: null,
    reason: null,
    basis: null,
    given: null,
    finalAt: null,
  })),
  'waitlist-entries': inserted(WaitlistEntry, (place, world) => ({
    id: newId(),
    ...where(place),
    registrationId: place.registration.id,
    sittingId: place.venue.sittingId,
    venueId: place.venue.id,
    campusCode: place.campus.code,
    subjectCode: '2',
    kind: 'WRITTEN',
    level: 6,
    candidateProvinceCode: place.campus.provinceCode,
    candidateSchoolCode: place.campus.schoolCode,
    state: 'CANCELLED',
    place: 1,
    submittedAt: world.clock.now(),
    endedAt: world.clock.now(),
    remark: place.mark,
    enrolmentId: null,
  })),
  orders: inserted(PaymentOrder, (place, world) => ({
    id: newId(),
    ...where(place),
    neeaId: newId().replaceAll('-', '').toUpperCase(),
    registrationId: place.registration.id,
    batchId: null,
    repeatedOrderId: null,
    sittingId: place.venue.sittingId,
    kind: 'WRITTEN',
    gateway: 'sandbox',
    purpose: '考试费',
    payerName: place.mark,
    amountFen: 3000,
    state: 'CLOSED',
    outcome: null,
    platformTradeNumber: null,
    method: null,
    expiresAt: world.clock.now(),
    createdAt: world.clock.now(),
    paidAt: null,
    closedAt: world.clock.now(),
  })),
  'owner-changes': async (place, world) => {
    const { accountId } = await openAccount(world.app);
    return newOwnerChange(accountId)(place, world);
  },
  'collective-registrations': inserted(CollectiveRegistration, (place, world) => ({
    id: newId(),
    ...where(place),
    sittingId: place.venue.sittingId,
    subjectCode: '1',
    campusCode: place.campus.code,
    reportForm: 'PAPER',
    locks: false,
    state: 'CHECKED',
    lineCount: 1,
    staffId: newId(),
    createdAt: world.clock.now(),
    endedAt: null,
  })),
  'collective-registration-lines': inserted(CollectiveRegistrationLine, (place) => ({
    id: newId(),
    ...where(place),
    collectiveRegistrationId: newId(),
    position: 1,
    entry: `C${place.campus.schoolCode}`,
    recordId: place.record.id,
    name: place.mark,
    state: 'READY',
    reason: null,
    failures: 0,
    venueId: place.venue.id,
    enrolmentId: null,
    doneAt: null,
  })),
  'payment-batches': inserted(PaymentBatch, (place, world) => ({
    id: newId(),
    ...where(place),
    sittingId: place.venue.sittingId,
    kind: 'WRITTEN',
    state: 'SUBMITTED',
    lineCount: 1,
    amountFen: 3000,
    transferReference: place.mark,
    submittedBy: newId(),
    submitterInvitedBy: null,
    submittedAt: world.clock.now(),
    decidedBy: null,
    decidedAt: null,
    reason: null,
    settledAt: null,
  })),
  'payment-batch-lines': inserted(PaymentBatchLine, (place) => ({
    id: newId(),
    ...where(place),
    batchId: newId(),
    enrolmentId: place.enrolment.id,
    registrationId: place.registration.id,
    name: place.mark,
    subjectCode: '1',
    campusCode: place.campus.code,
    feeFen: 3000,
    state: 'WAITING',
    orderId: null,
  })),
  staff: async (place, world) => {
    const { campus, mark } = place;
    return theSame(
      await addStaff(world, {
        ...where(place),
        login: `of-${campus.schoolCode}`,
        role: 'SCHOOL',
        name: mark,
      }),
    );
  },
  'audit-lines': inserted(AuditLine, (place, world) => ({
    id: newId(),
    ...where(place),
    happenedAt: world.clock.now(),
    actor: 'SYSTEM test',
    action: 'venue.edit',
    rowId: place.venue.id,
    factsBefore: { name: place.mark },
    factsAfter: { name: place.mark },
  })),
  messages: inserted(OutboxMessage, (place, world) => ({
    id: newId(),
    channel: 'EMAIL',
    recipient: 'someone@example.com',
    template: 'payment.success',
    subject: place.mark,
    body: world.use(SecretBox).seal('outbox', place.mark),
    state: 'KEPT',
    attempts: 1,
    nextAttemptAt: world.clock.now(),
    createdAt: world.clock.now(),
    sentAt: null,
    error: null,
  })),
};
