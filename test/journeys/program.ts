import type { Response, Test } from 'supertest';
import { ListOutbox } from '../../src/modules/notification/index.js';
import { obtainCode, solvedChallenge } from '../support/passport.js';
import type { World } from '../support/world.js';

type Body = Record<string, unknown>;

/** A candidate's program: knows the address of the API and nothing of its inside. */
export class Program {
  private token?: string;

  constructor(private readonly world: World) {}

  get(path: string): Test {
    return this.send(this.world.http.get(`/api/v1${path}`));
  }
  post(path: string, body?: Body): Test {
    return this.send(this.world.http.post(`/api/v1${path}`), body);
  }
  put(path: string, body: Body): Test {
    return this.send(this.world.http.put(`/api/v1${path}`), body);
  }
  delete(path: string): Test {
    return this.send(this.world.http.delete(`/api/v1${path}`));
  }

  /** Fills in the form 用户注册, human check solved; `form` says what is typed otherwise. */
  async registers(form: Body, status = 201): Promise<Response> {
    const { password } = form;
    const challenge = await solvedChallenge(this.world.app);
    const typed = { passwordConfirmation: password, challenge, ...form };
    return this.post('/passport/accounts', typed).expect(status);
  }

  /** The code from the phone or the mailbox it was sent to. */
  obtainsCode(purpose: string, target: string): Promise<string> {
    return obtainCode(this.world.app, { channel: target.includes('@') ? 'EMAIL' : 'SMS', target, purpose });
  }

  /** 登录: account, password and human check; keeps the session. */
  async signsIn(login: string, password: string): Promise<Body> {
    const challenge = await solvedChallenge(this.world.app);
    const answer = await this.post('/passport/sessions', { login, password, challenge }).expect(201);
    this.token = answer.body.token;
    return answer.body.account;
  }

  async agrees(): Promise<void> {
    const { version } = (await this.get('/agreement').expect(200)).body;
    await this.post('/agreement/acceptance', { version }).expect(201);
  }

  /** 保存并继续, both points ticked. */
  confirms(documents: Body): Test {
    return this.post('/registration', { ...documents, recordConfirmed: true, phoneConfirmed: true });
  }

  /** 报名信息 */
  async page() {
    return (await this.get('/registration').expect(200)).body;
  }

  /** Looks at 报名信息 again and again until it is as hoped. */
  async seesOnPage(hoped: (page: Awaited<ReturnType<Program['page']>>) => boolean) {
    for (let looks = 0; looks < 200; looks++) {
      const page = await this.page();
      if (hoped(page)) return page;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('The page did not come to show it.');
  }

  /** The states of the nine steps and the exam, in their order. */
  async steps(): Promise<string[]> {
    return (await this.page()).steps.map(
      ({ name, state }: { name: string; state: string }) => `${name} ${state}`,
    );
  }

  /** 去支付: the page of the payment platform. */
  async checkoutPage(order: { checkoutUrl: string }): Promise<string> {
    return (await this.world.http.get(new URL(order.checkoutUrl).pathname).expect(200)).text;
  }

  /** Pays there. */
  async pays(order: { neeaId: string }, method: string, notify = 'NOW'): Promise<void> {
    await this.world.http.post(`/sandbox-pay/${order.neeaId}/pay`).send({ method, notify }).expect(200);
  }

  /** Messages in somebody's phone or mailbox, the newest first. */
  async messagesTo(recipient: string): Promise<{ subject?: string; body: string }[]> {
    return this.world.use(ListOutbox).execute({ recipient });
  }

  private send(test: Test, body?: Body): Test {
    const signed = this.token ? test.set('Authorization', `Bearer ${this.token}`) : test;
    return body ? signed.send(body) : signed;
  }
}
