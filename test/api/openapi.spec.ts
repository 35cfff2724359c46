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
const ELSEWHERE: Record<string, RegExp> = {
  'the answer when no call has this path': /^NO_SUCH_CALL$/,
  'files are imported by staff': /^IMPORT_FILE_/,
  'accounts of staff are the back office’s': /^STAFF_/,
  'sittings and capacities are set by staff': /^SITTING_|^CAPACITY_BELOW_TAKEN$/,
  'the school decides CET6 reviews in the back office': /^REJECTION_REASON_INVALID$|^REVIEW_ALREADY_DECIDED$/,
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
  const elsewhere = (code: string) => Object.values(ELSEWHERE).some((codes) => codes.test(code));
  expect([...allRefusals().keys()].filter((code) => listed.has(code) === elsewhere(code))).toEqual([]);
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
