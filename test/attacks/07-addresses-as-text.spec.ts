import * as backOffice from '../../src/admin/index.js';
import { AddStaff } from '../../src/admin/staff/add-staff.use-case.js';
import { Staff } from '../../src/admin/staff/staff.entity.js';
import { newId } from '../../src/kernel/ids.js';
import { OutboxMessage, SendOutbox } from '../../src/modules/notification/index.js';
import { OutboxRepository } from '../../src/modules/notification/outbox.repository.js';
import { openSmtpServer } from '../modules/notification/smtp-server.js';
import { addStaff, STAFF_PASSWORD, StaffBrowser } from '../support/staff.js';
import { World } from '../support/world.js';

/**
 * Whoever holds an invitation's link owns the account. An address was text that the mailer parsed, so that what a
 * central clerk mistyped, or was told to type, sent the link to somebody else. What each did before stands beside it.
 */
const NOT_ONE_ADDRESS = [
  ['x@a.example,c.example', 'went to x@a.example'],
  ['a<victim@x.example>', 'went to victim@x.example'],
  ['team:x@a.example;', 'went to x@a.example, the only member of a group'],
  ['a:x@b.example', 'went to x@b.example'],
  ['x(c)@a.example', 'went to x@a.example, the rest being a comment'],
  ['x@a.example，c.example', 'went to x@a.example,c.example: the full-width comma became one'],
  ['x@а.example', 'went to x@xn--80a.example: the second а is a Cyrillic one'],
  ['x@a.example\u0000', 'went to x@a.example'],
  ['x@[192.0.2.1]', 'went to a machine by its number'],
  // mail servers that relay for us read a route in these, and go by it
  ['x%b.example@a.example', 'went to x@b.example, by way of a.example'],
  ['b.example!x@a.example', 'went to x@b.example, by way of a.example'],
  ['x@192.0.2.1', 'went to a machine by its number'],
  ['x@a.0x7f', 'went where a number in hexadecimals says'],
  // and these to nobody, so that an invitation was lost without a word
  ['.x@a.example', 'came back'],
  ['x..y@a.example', 'came back'],
  ['x.@a.example', 'came back'],
  ['x@-a.example', 'came back'],
  // these the page held back, and the command line did not
  ['x@a.example;y@b.example', 'went to both'],
  ['x@a.example\r\ny@b.example', 'went to x@a.example'],
  ['x@a.example\ny@b.example', 'went to x@a.example'],
  ['x@a.example y@b.example', 'went to x@a.example'],
  ['"x@a.example"@b.example', 'went to a quoted mailbox of another host'],
] as const;

let world: World;
let server: Awaited<ReturnType<typeof openSmtpServer>>;
let browser: StaffBrowser;

beforeAll(async () => {
  server = await openSmtpServer();
  world = await World.open({ smtpUrl: server.url }, undefined, backOffice);
  await addStaff(world, { login: 'central', role: 'CENTRAL' });
  browser = new StaffBrowser(world);
  await browser.signsIn('central');
});
afterAll(async () => {
  await world.close();
  await server.close();
});
beforeEach(() => {
  server.recipients.length = 0;
});

const stored = (login: string) => world.dataSource.manager.findOneBy(Staff, { login });
/** Whatever waits has been sent, by us or by the worker that was woken. */
async function sendAll() {
  await world.use(SendOutbox).execute();
  while (await world.dataSource.manager.countBy(OutboxMessage, { state: 'WAITING' }))
    await new Promise((soon) => setTimeout(soon, 5));
}
const adds = (login: string, email: string) =>
  browser.post('/api/actions/staff/add', { ids: [], input: { login, name: '甲', role: 'CENTRAL', email } });

test.each(NOT_ONE_ADDRESS)('an invitation to %j is refused: one %s', async (email) => {
  const refused = await adds('nobody', email);
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({ errors: [{ field: 'email' }] });
  // and from the command line, whose door is the use-case
  const typed = { login: 'nobody', name: '甲', role: 'CENTRAL', email } as const;
  await expect(
    world.use(AddStaff).execute(typed, { type: 'SYSTEM', cause: 'cet staff add' }),
  ).rejects.toMatchObject({ code: 'EMAIL_INVALID' });
  await sendAll();
  expect(await stored('nobody')).toBeNull();
  expect(server.recipients).toEqual([]);
});

test('one that is right goes to that mailbox alone, however it is typed', async () => {
  await adds('right', ' Wang@School.Example ').then(({ status }) => expect(status).toBe(200));
  await sendAll();
  expect(server.recipients).toEqual(['wang@school.example']);
  expect((await stored('right'))!.email).toBe('wang@school.example');
});

test.each(NOT_ONE_ADDRESS)('an account’s address does not become %j: a link %s', async (email) => {
  const { id } = (await stored('changed')) ?? (await addStaff(world, { login: 'changed', role: 'CENTRAL' }));
  const refused = await browser.fills('staff', 'change', [id], { name: '乙', email });
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({ errors: [{ field: 'email' }] });
  expect((await stored('changed'))!.email).toBeNull();
});

test('an address kept from before the rule is not written to: the invitation is refused and changes nothing', async () => {
  const old = await addStaff(world, { login: 'old', role: 'CENTRAL', email: 'x@a.example,c.example' });
  const refused = await browser.fills('staff', 'inviteAgain', [old.id]);
  expect(refused.body).toMatchObject({ status: 422, code: 'EMAIL_INVALID' });
  await sendAll();
  expect(server.recipients).toEqual([]);
  expect((await stored('old'))!.passwordHash).toBe(old.passwordHash);
});

describe('where an address changes', () => {
  const change = (id: string, input: object) => browser.fills('staff', 'change', [id], input);

  test('whoever found an open screen does not know the password; before, the screen was enough', async () => {
    const { id } = await addStaff(world, { login: 'moved', role: 'CENTRAL', email: 'old@a.example' });
    const input = { name: '丙', email: 'new@a.example' };
    for (const currentPassword of [undefined, 'a guess']) {
      const refused = await change(id, { ...input, currentPassword });
      expect(refused.body).toMatchObject({ status: 422, code: 'STAFF_PASSWORD_WRONG' });
    }
    expect((await stored('moved'))!.email).toBe('old@a.example');
    await change(id, { ...input, currentPassword: STAFF_PASSWORD }).then(({ status }) =>
      expect(status).toBe(200),
    );
    expect((await stored('moved'))!.email).toBe('new@a.example');
    // a name alone needs none
    await change(id, { name: '丁', email: 'new@a.example' }).then(({ status }) => expect(status).toBe(200));
  });

  test('the old one is told, without the new one in clear, and a link mailed there opens nothing any more', async () => {
    await adds('invited', 'slip@wrong.example');
    await sendAll();
    const [, token] = /token=([\w-]+)/.exec(textTo('slip@wrong.example'))!;
    await world.http.get('/admin/invitation').query({ token }).expect(200);
    server.recipients.length = 0;

    const { id } = (await stored('invited'))!;
    const input = { name: '甲', email: 'right@school.example', currentPassword: STAFF_PASSWORD };
    const done = await change(id, input);
    expect(done.body.message).toContain('原设置密码链接已失效');
    await world.http.get('/admin/invitation').query({ token }).expect(404);
    await sendAll();
    expect(server.recipients).toEqual(['slip@wrong.example']);
    expect(textTo('slip@wrong.example')).toContain('ri***@school.example');
  });

  /** The text of the newest mail to somebody, in whichever of its two codings the mailer chose. */
  function textTo(recipient: string): string {
    const raw = server.received.findLast((mail) => mail.includes(`\nTo: ${recipient}\n`))!;
    const text = raw.slice(raw.indexOf('\n\n') + 2);
    if (/^Content-Transfer-Encoding: base64$/m.test(raw)) return Buffer.from(text, 'base64').toString('utf8');
    const bytes = text
      .replaceAll('=\n', '')
      .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number(`0x${hex}`)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }
});

describe('a message that waits with such an address', () => {
  async function waiting(recipient: string): Promise<OutboxMessage> {
    const id = newId();
    await world.unitOfWork.run(async (tx) => {
      await world.use(OutboxRepository).add(tx, [
        {
          channel: 'EMAIL',
          recipient: 'x@a.example',
          template: id.slice(0, 36),
          subject: '一',
          body: '二',
        },
      ]);
      await tx.manager.update(OutboxMessage, { template: id }, { recipient });
    });
    return world.dataSource.manager.findOneByOrFail(OutboxMessage, { template: id });
  }

  test.each(NOT_ONE_ADDRESS.filter(([email]) => !email.includes('\u0000')))(
    '%j is given up at once',
    async (recipient) => {
      const { id } = await waiting(recipient);
      await sendAll();
      const message = await world.dataSource.manager.findOneByOrFail(OutboxMessage, { id });
      expect([message.state, message.error]).toEqual(['FAILED', 'The recipient is not one e-mail address.']);
      expect(server.recipients).toEqual([]);
      // and staff do not send it after all
      const refused = await browser.fills('messages', 'resend', [id]);
      expect(refused.body).toMatchObject({ status: 422, code: 'EMAIL_INVALID' });
    },
  );

  test('and nothing in the house puts one there', async () => {
    const { Outbox } = await import('../../src/modules/notification/index.js');
    const put = (recipient: string) =>
      world.unitOfWork.run((tx) =>
        world
          .use(Outbox)
          .put(tx, { channel: 'EMAIL', recipient, template: 'test', subject: '一', body: '二' }),
      );
    for (const [recipient] of NOT_ONE_ADDRESS) await expect(put(recipient)).rejects.toThrow('EMAIL_INVALID');
  });
});

test('a subject holds no header of its own', async () => {
  await world.unitOfWork.run((tx) =>
    world.use(OutboxRepository).add(tx, [
      {
        channel: 'EMAIL',
        recipient: 'x@a.example',
        template: 'test',
        subject: '通知\r\nBcc: y@b.example\r\n\r\n第二封',
        body: '正文',
      },
    ]),
  );
  server.received.length = 0;
  await sendAll();
  expect(server.recipients).toEqual(['x@a.example']);
  expect(server.received).toHaveLength(1);
  expect(server.received[0]!.split('\n\n')[0]).not.toMatch(/^Bcc:/im);
});
