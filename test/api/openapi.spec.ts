import type { OpenAPIObject } from '@nestjs/swagger';
import { allRefusals } from '../../src/kernel/domain-error.js';
import { type ApiCall, callFor, callsOf, type Schema } from '../support/api-calls.js';
import { faultOf } from '../support/listed-problems.js';
import { World } from '../support/world.js';

/** The fixed paths of the candidate's API; appeals are not built yet. */
const FIXED = `
POST /passport/challenges            POST /passport/accounts             POST /passport/sessions
GET /passport/sessions               DELETE /passport/sessions/{id}      DELETE /passport/sessions/current
GET /passport/account                PATCH /passport/account             POST /passport/codes
PUT /passport/account/phone          PUT /passport/account/email         PUT /passport/account/password
POST /passport/password-resets
GET /sittings/current                GET /agreement                      POST /agreement/acceptance
POST /qualification/queries          POST /registration                  GET /registration
DELETE /registration                 GET /cet6-review                    POST /cet6-review
PUT /cet6-review                     DELETE /cet6-review
GET /written/venues                  GET /oral/venues                    GET /oral/campuses
POST /written/enrolments             PUT /written/enrolments/{id}        DELETE /written/enrolments/{id}
POST /oral/enrolments                DELETE /oral/enrolments/{id}        PUT /enrolments/{id}/score-report
GET /waitlist/entries                POST /waitlist/entries              POST /waitlist/entries/{id}/cancellation
POST /payment/orders                 GET /payment/orders                 GET /payment/orders/{id}
GET /enrolments/{id}/ticket          POST /payment/orders/{id}/refresh    POST /payment/notifications/{gateway}`
  .trim()
  .split(/\n| {2,}/)
  .filter((call) => call !== '');

/** Refusals that no call of the candidate's API can answer with, and why. */
const ELSEWHERE: Record<string, readonly string[]> = {
  'the answer when no call has this path': ['NO_SUCH_CALL'],
  'the answer of the back office’s pages': ['BODY_NOT_TAKEN'],
  'what a role may do is for staff': ['NOT_YOUR_ROLE'],
  'schools arrange seats': [
    'REGISTRATION_STILL_OPEN',
    'SEATS_STILL_UNPAID',
    'NOBODY_TO_ARRANGE',
    'TOO_MANY_ROOMS',
  ],
  'files are taken in by staff': [
    'IMPORT_FILE_MISSING',
    'IMPORT_FILE_NOT_TEXT',
    'IMPORT_FILE_IS_OLD_WORKBOOK',
    'IMPORT_FILE_HAS_PASSWORD',
    'IMPORT_FILE_IS_WEB_PAGE',
    'IMPORT_FILE_IS_OTHER_WORKBOOK',
    'IMPORT_FILE_IS_ARCHIVE',
    'IMPORT_FILE_IS_DOCUMENT',
    'IMPORT_FILE_EMPTY',
    'IMPORT_FILE_BROKEN',
    'IMPORT_FILE_CHANGED',
    'IMPORT_TOO_MANY_COLUMNS',
    'IMPORT_LINE_TOO_LONG',
    'IMPORT_TOO_MANY_LINES',
    'WORKBOOK_BROKEN',
    'WORKBOOK_TOO_LARGE',
    'ZIP_BROKEN',
    'ZIP_TOO_LARGE',
    'TOO_MANY_AT_ONCE',
    'TOO_MANY_CLASHES',
    'IMPORT_UNDER_WAY',
  ],
  'accounts of staff are the back office’s': [
    'STAFF_LOGIN_FAILED',
    'STAFF_DISABLED',
    'STAFF_IS_YOURSELF',
    'STAFF_PASSWORD_TOO_SHORT',
    'STAFF_SCOPE_INCOMPLETE',
    'STAFF_LOGIN_TAKEN',
    'STAFF_LOCKED',
    'STAFF_CODE_WRONG',
    'STAFF_PASSWORD_WRONG',
    'LOGIN_OF_ANOTHER',
    'INVITATION_GONE',
    'PASSWORDS_UNLIKE',
    'TOTP_ALREADY_ON',
    'TOTP_NOT_BEGUN',
  ],
  'staff decide on what they were shown': ['ROWS_CHANGED_MEANWHILE'],
  'whose account a student’s is, schools decide': [
    'REGISTRATION_ENDED',
    'PAID_IS_MOVED',
    'OWNER_NOT_PROVEN',
    'OWNER_HAS_IT',
    'OWNER_REGISTERED_ALREADY',
    'OWNER_CHANGE_WAITING',
    'OWNER_CHANGE_DECIDED',
    'OWNER_CHANGE_OUTDATED',
    'NO_ACCOUNT_TO_RESET',
    'STUDENT_PHONE_NEEDED',
  ],
  'messages are looked at by staff': ['MESSAGE_CONFIDENTIAL', 'MESSAGE_WAITING'],
  'sittings are set by central staff': [
    'SITTING_NUMBER_INVALID',
    'SITTING_EXISTS',
    'SITTING_NOT_FOUND',
    'CURRENT_SITTING_STILL_OPEN',
    'REPORT_WINDOW_INVALID',
    'PAYMENT_ENDS_BEFORE_WINDOWS',
  ],
  'the agreement is written by central staff': ['AGREEMENT_CHANGED_MEANWHILE', 'AGREEMENT_UNCHANGED'],
  'notices are written by staff': [
    'NOTICE_EMPTY',
    'NOTICE_TOO_LONG',
    'TOO_MANY_NOTICES',
    'NOTICE_WITHDRAWN',
    'NOTICE_NOT_WITHDRAWN',
  ],
  'venues are set up by schools, within what provinces allow': [
    'CAPACITY_BELOW_TAKEN',
    'FEE_NOT_ABOVE_ZERO',
    'FEE_ABOVE_PROVINCE_LIMIT',
    'EXAM_TIME_INVALID',
    'EXAM_OUTSIDE_PROVINCE_DAYS',
    'EXAM_BEFORE_WINDOW_CLOSES',
    'VENUE_IN_USE',
    'WINDOW_IN_USE',
    'ORAL_TICKET_TIME_IS_THE_PROVINCES',
    'TICKETS_TOO_LATE',
    'CET_IS_TAKEN_AT_HOME',
    'NO_SCHOOL_LISTED',
    'SCHOOL_UNKNOWN',
    'SUBJECT_OFFERED_ALREADY',
    'VENUE_HAS_A_HISTORY',
    'ORAL_DAYS_INVALID',
  ],
  'windows are moved by provinces': [
    'WINDOW_HALF_SET',
    'WINDOW_ENDS_BEFORE_IT_BEGINS',
    'WINDOW_ENDS_IN_THE_PAST',
    'WINDOW_OUTLASTS_PAYMENT',
    'ORAL_OPENS_BEFORE_WRITTEN',
    'WINDOW_CLOSES_ON_PEOPLE',
  ],
  'reviews, rosters and lists are the schools’': [
    'REJECTION_REASON_INVALID',
    'REVIEW_ALREADY_DECIDED',
    'REVIEW_BASIS_MISSING',
    'DECISION_FINAL',
    'DECISION_OF_ANOTHER',
    'LIST_LINE_EXISTS',
    'STUDENT_REGISTERED',
    'CAMPUS_NOT_YOURS',
    'DOCUMENT_ON_ROSTER',
  ],
  'schools enrol and pay collectively': [
    'LINE_FAILED',
    'COLLECTIVE_LIST_EMPTY',
    'COLLECTIVE_LIST_TOO_LONG',
    'COLLECTIVE_REGISTRATION_MOVED_ON',
    'NOT_ON_THE_ROSTER',
    'NUMBER_MEANS_SEVERAL',
    'ON_THE_LIST_TWICE',
    'SUBJECT_NOT_HELD_THERE',
    'ALREADY_LOCKED',
    'NOT_LOCKED',
    'IN_A_PAYMENT_BATCH',
    'NOTHING_LOCKED_TO_PAY',
    'BATCH_AMOUNT_DIFFERS',
    'TRANSFER_REFERENCE_USED',
    'BATCH_DECIDED',
    'SECOND_PERSON_NEEDED',
    'SUBMITTER_INVITED_BY_YOU',
    'RECEIVED_AMOUNT_DIFFERS',
  ],
};

let world: World;
let document: OpenAPIObject;
let calls: ApiCall[];
beforeAll(async () => {
  world = await World.open();
  document = (await world.http.get('/api/openapi.json').expect(200)).body;
  calls = callsOf(document);
});
afterAll(() => world.close());

/** What is wrong with each call, by its name. */
const faultsOf = (find: (call: ApiCall) => string | undefined) =>
  calls.flatMap((call) => {
    const fault = find(call);
    return fault ? [`${call.name}: ${fault}`] : [];
  });

it('has every call that clients rely on', () => {
  const names = calls.map(({ name }) => name.replace('/api/v1', ''));
  expect(FIXED.filter((call) => !names.includes(call))).toEqual([]);
  expect(FIXED.length).toBe(42);
});

it('describes every field, of what comes in and of what goes out', () => {
  const bare: string[] = [];
  const look = (where: string, schema: Schema) => {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (!property.description) bare.push(`${where}.${name}`);
      look(`${where}.${name}`, property);
    }
  };
  for (const [name, schema] of Object.entries(document.components!.schemas!)) look(name, schema as Schema);
  expect(bare).toEqual([]);
});

it('says of every call, in Chinese and English, what it does, what it takes and what it answers', () => {
  expect(
    faultsOf(({ operation, path }) => {
      const { summary = '', responses, parameters = [] } = operation;
      if (!/^[^·]*\p{Script=Han}[^·]* · [A-Z]\P{Script=Han}+$/u.test(summary)) return `summary “${summary}”`;
      if (!Object.keys(responses).some((status) => status.startsWith('2'))) return 'no success';
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = parameters.filter(({ description }) => description).map(({ name }) => name);
      const bare = [...inPath, ...parameters.map(({ name }) => name)].find(
        (name) => !described.includes(name!),
      );
      return bare && `parameter ${bare}`;
    }),
  ).toEqual([]);
});

it('lists for every call what the door itself may answer', () => {
  const listed = ({ codes }: ApiCall) => [...codes.values()].flat();
  const takesABody = ({ method }: ApiCall) => ['POST', 'PUT', 'PATCH'].includes(method);
  expect(
    faultsOf((call) => {
      const { path } = call;
      // the sandbox platform answers people's browsers with pages
      if (path === '/sandbox-pay/{neeaId}') return undefined;
      const door = ['TRY_AGAIN'];
      if (takesABody(call)) door.push('BODY_TOO_LARGE');
      if (takesABody(call) && !path.includes('/notifications/')) door.push('MALFORMED_REQUEST');
      if (call.body && !path.includes('/notifications/')) door.push('FIELD_INVALID');
      if (path.includes('{id}')) door.push('NOT_FOUND');
      if (
        !/\/(sittings|challenges|codes|accounts|password-resets|sessions|notifications|sandbox-pay)/.test(
          path,
        )
      )
        door.push('NOT_SIGNED_IN');
      const missing = door.filter((code) => !listed(call).includes(code));
      return missing.length > 0 ? missing.join(', ') : undefined;
    }),
  ).toEqual([]);
});

it('lists under each code what it is, once: every refusal there is, and none that is not', () => {
  const listed = new Set<string>();
  for (const { codes } of calls) {
    for (const [status, group] of codes) {
      for (const code of group) {
        expect([code, allRefusals().get(code)?.definition.status]).toEqual([code, status]);
        listed.add(code);
      }
    }
  }
  const elsewhere = Object.values(ELSEWHERE).flat();
  const known = [...allRefusals().keys()];
  expect(known.filter((code) => listed.has(code) === elsewhere.includes(code))).toEqual([]);
  expect(elsewhere.filter((code) => !known.includes(code))).toEqual([]);
});

describe('a problem that a call does not list', () => {
  it('is seen: by call, status and code', () => {
    const call = (method: string, path: string) => callFor(calls, { method, path: `/api/v1${path}` })!;
    const enrolling = call('POST', '/written/enrolments');
    expect(faultOf(enrolling, { status: 409, code: 'SEATS_FULL' })).toBeUndefined();
    expect(faultOf(enrolling, { status: 409, code: 'REVIEW_FINAL' })).toContain('does not list');
    expect(faultOf(enrolling, { status: 404, code: 'SEATS_FULL' })).toContain('does not list');
    expect(call('DELETE', '/passport/sessions/current').path).toContain('current');
    expect(call('DELETE', '/passport/sessions/1').path).toContain('{id}');
  });
});
