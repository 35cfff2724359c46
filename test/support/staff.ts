import { Staff } from '../../src/admin/staff/staff.entity.js';
import type { StaffRole } from '../../src/kernel/actor.js';
import { newId } from '../../src/kernel/ids.js';
import { PasswordHasher } from '../../src/modules/passport/index.js';
import { solve } from './passport.js';
import type { World } from './world.js';

export const STAFF_PASSWORD = 'staff-password-1';

const hashes = new WeakMap<World, Promise<string>>();

/** A member of staff with the password above, put straight into the table. */
export async function addStaff(
  world: World,
  facts: Partial<Staff> & { login: string; role: StaffRole },
): Promise<Staff> {
  if (!hashes.has(world)) hashes.set(world, world.use(PasswordHasher).hash(STAFF_PASSWORD));
  const staff: Staff = {
    id: newId(),
    name: `${facts.login}老师`,
    provinceCode: null,
    schoolCode: null,
    email: null,
    passwordHash: await hashes.get(world)!,
    createdAt: world.clock.now(),
    disabledAt: null,
    invitationHash: null,
    invitationExpiresAt: null,
    invitedBy: null,
    totpSecret: null,
    totpSince: null,
    totpLastStep: null,
    recoveryCodeHashes: null,
    ...facts,
  };
  await world.unitOfWork.run((tx) => tx.manager.insert(Staff, staff));
  return staff;
}

/** Somebody at the back office's sign-in page, and then perhaps inside: keeps the cookie like a browser. */
export class StaffBrowser {
  /** The session's. */
  cookie?: string;
  /** By which the device is known once somebody has signed in on it. */
  device?: string;

  constructor(
    private readonly world: World,
    /** Where it calls from, in a world that trusts a proxy. */
    readonly address?: string,
  ) {}

  /** Sends the sign-in form as the page does. */
  signsIn(login: string, { password = STAFF_PASSWORD, next = '', challenge = '' } = {}) {
    return this.form('/login', { login, password, next, challenge });
  }

  /** The human check on a page of the door, solved; empty where there is none. */
  solves(page: { text: string }): string {
    const posed = /data-posed="([^"]*)"/.exec(page.text)?.[1];
    return posed === undefined
      ? ''
      : solve(JSON.parse(posed.replaceAll('&quot;', '"').replaceAll('&amp;', '&')));
  }

  /** A page of the back office. */
  get(path: string) {
    return this.from(this.world.http.get(`/admin${path}`));
  }

  post(path: string, body?: object) {
    const request = this.from(this.world.http.post(`/admin${path}`));
    return body ? request.send(body) : request;
  }

  /** Opens the form of an action on rows, and may send it later: with what it showed then. */
  async opens(noun: string, action: string, ids: readonly string[]) {
    const { body: form } = await this.get(`/api/forms/${noun}/${action}`).query({ ids: ids.join(',') });
    const send = (input: object = {}) =>
      this.post(`/api/actions/${noun}/${action}`, { ids, input, version: form.version });
    return { form, send };
  }

  /** Opens the form of an action on rows, fills it in and sends it, as the page does. `expect` is supertest's. */
  fills(noun: string, action: string, ids: readonly string[], input: object = {}) {
    const answer = this.opens(noun, action, ids).then(({ send }) => send(input));
    return Object.assign(answer, {
      async expect(status: number) {
        const { status: got, body } = await answer;
        if (got !== status)
          throw new Error(`${noun}/${action}: ${got} instead of ${status}, ${JSON.stringify(body)}`);
        return answer;
      },
    });
  }

  /** A form outside the door, and the cookie it may bring. */
  async form(path: string, fields: object) {
    const answer = await this.from(this.world.http.post(`/admin${path}`))
      .type('form')
      .send(fields);
    for (const set of (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? []) {
      const [pair] = set.split(';');
      // by https it has a prefix
      if (/^(__Host-)?cet_staff=/.test(pair!)) this.cookie = pair;
      else this.device = pair;
    }
    return answer;
  }

  /** The rows of a list, as the page asks for them. */
  async list(noun: string, query: Record<string, string> = {}) {
    const answer = await this.get(`/api/resources/${noun}/actions/list`).query(query).expect(200);
    return answer.body as {
      meta: { total: number; page: number; perPage: number };
      records: { id: string; params: Record<string, string> }[];
    };
  }

  private from<T extends { set(name: string, value: string): T }>(request: T): T {
    if (this.address) request.set('X-Forwarded-For', this.address);
    const cookies = [this.cookie, this.device].filter((cookie) => cookie !== undefined);
    return cookies.length > 0 ? request.set('Cookie', cookies.join('; ')) : request;
  }
}
