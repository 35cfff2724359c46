import { HOURS, MINUTES } from '../../../src/kernel/clock.js';
import {
  ListOutbox,
  type NewMessage,
  Outbox,
  OutboxMessage,
  SendOutbox,
} from '../../../src/modules/notification/index.js';
import { OutboxRepository } from '../../../src/modules/notification/outbox.repository.js';
import type { StoryClock } from '../../support/clock.js';
import { World } from '../../support/world.js';
import { openSmtpServer } from './smtp-server.js';

const sms = (recipient: string, body = '您好'): NewMessage => ({
  channel: 'SMS',
  recipient,
  template: 'test',
  body,
});
const mail = (recipient: string, body = '您好'): NewMessage => ({
  channel: 'EMAIL',
  recipient,
  template: 'test',
  subject: '缴费成功',
  body,
});

async function open(settings: { smtpUrl?: string } = {}) {
  const world = await World.open(settings);
  const { clock, unitOfWork } = world;
  const outbox = world.use(Outbox);
  const list = world.use(ListOutbox);
  return {
    world,
    clock,
    unitOfWork,
    close: () => world.close(),
    send: () => world.use(SendOutbox).execute(),
    put: (...messages: NewMessage[]) =>
      unitOfWork.run(async (tx) => {
        for (const message of messages) await outbox.put(tx, message);
      }),
    messages: (query: { limit?: number; recipient?: string } = {}) => list.execute(query),
    /** Waits until nothing is on its way any more, where there is nobody to carry it. */
    async allKept() {
      for (;;) {
        if ((await unitOfWork.read().manager.countBy(OutboxMessage, { state: 'WAITING' })) === 0) return;
        await new Promise((soon) => setTimeout(soon, 5));
      }
    },
    /** Waits for the wake-up's own work to be over, whatever it found to do. */
    async settled() {
      for (;;) {
        const waiting = await unitOfWork
          .read()
          .manager.countBy(OutboxMessage, { state: 'WAITING', attempts: 0 });
        if (waiting === 0) return;
        await new Promise((soon) => setTimeout(soon, 5));
      }
    },
  };
}

describe('without a mail server', () => {
  let house: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    house = await open();
  });
  afterAll(() => house.close());

  it('a message that is put is kept, to be read with its recipient masked', async () => {
    await house.put(sms('13800001234', '候补成功，请在 24 小时内缴费。'), mail('name@example.edu.cn'));
    await house.allKept();
    const messages = await house.messages();
    expect(messages).toHaveLength(2);
    expect(messages).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          channel: 'SMS',
          recipient: '138****1234',
          body: '候补成功，请在 24 小时内缴费。',
          state: 'KEPT',
        }),
        expect.objectContaining({
          channel: 'EMAIL',
          recipient: 'na***@example.edu.cn',
          subject: '缴费成功',
          state: 'KEPT',
        }),
      ]),
    );
  });

  it('is listed newest first, so many, and of one person when asked', async () => {
    for (const body of ['一', '二', '三']) {
      house.clock.advance(1);
      await house.put(sms('13800005678', body));
    }
    expect((await house.messages({ limit: 2 })).map(({ body }) => body)).toEqual(['三', '二']);
    expect((await house.messages({ recipient: '13800005678' })).map(({ body }) => body)).toEqual([
      '三',
      '二',
      '一',
    ]);
    expect(await house.messages({ recipient: '13800005679' })).toEqual([]);
  });

  it('is not there when the transaction that gave cause for it fails', async () => {
    const outbox = house.world.use(Outbox);
    const failing = house.unitOfWork.run(async (tx) => {
      await outbox.put(tx, sms('13800000000'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await house.messages({ recipient: '13800000000' })).toEqual([]);
  });

  it('cannot be read in the database: it may hold a code', async () => {
    await house.put(sms('13800001111', '验证码为 135790'));
    const [row] = await house.unitOfWork.read().manager.findBy(OutboxMessage, { recipient: '13800001111' });
    expect(row!.body).not.toContain('135790');
    expect((await house.messages({ recipient: '13800001111' }))[0]!.body).toBe('验证码为 135790');
  });
});

describe('with a mail server', () => {
  let house: Awaited<ReturnType<typeof open>>;
  let server: Awaited<ReturnType<typeof openSmtpServer>>;
  let clock: StoryClock;
  beforeAll(async () => {
    server = await openSmtpServer();
    house = await open({ smtpUrl: server.url });
    clock = house.clock;
  });
  beforeEach(() => {
    server.received.length = 0;
    server.refuses = false;
  });
  afterAll(async () => {
    await house.close();
    await server.close();
  });

  const of = async (recipient: string) => (await house.messages({ recipient }))[0]!;
  const until = async (recipient: string, state: string) => {
    while ((await of(recipient)).state !== state) await new Promise((soon) => setTimeout(soon, 5));
  };

  it('mail is sent after the commit, SMS is kept', async () => {
    await house.put(mail('a@example.edu.cn', '您的订单已支付。'), sms('13800002222'));
    await until('a@example.edu.cn', 'SENT');
    await until('13800002222', 'KEPT');
    expect(server.received).toHaveLength(1);
    const [raw] = server.received;
    expect(raw).toMatch(/^From: CET <cet@localhost>$/m);
    expect(raw).toMatch(/^To: a@example\.edu\.cn$/m);
    expect(raw).toMatch(new RegExp(`^Message-ID: <${(await of('a@example.edu.cn')).id}@localhost>$`, 'm'));
    expect(raw).toContain(Buffer.from('您的订单已支付。').toString('base64'));
  });

  it('a refused message is tried again later, and the reason kept names nobody', async () => {
    server.refuses = true;
    await house.put(mail('b@example.edu.cn'));
    while (!(await of('b@example.edu.cn')).error) await new Promise((soon) => setTimeout(soon, 5));
    const { state, attempts, error } = await of('b@example.edu.cn');
    expect({ state, attempts }).toEqual({ state: 'WAITING', attempts: 1 });
    expect(error).toContain('450');
    expect(error).not.toContain('b@example');

    server.refuses = false;
    expect(await house.send()).toEqual({ sent: 0, kept: 0, failed: 0 });
    clock.advance(30_000);
    expect(await house.send()).toEqual({ sent: 1, kept: 0, failed: 0 });
    expect(await of('b@example.edu.cn')).toMatchObject({ state: 'SENT', attempts: 2 });
    expect((await of('b@example.edu.cn')).error).toBeUndefined();
  });

  it('after eight tries it is given up', async () => {
    server.refuses = true;
    await house.put(mail('c@example.edu.cn'));
    for (let tries = 0; tries < 40 && (await of('c@example.edu.cn')).state === 'WAITING'; tries++) {
      await house.send();
      clock.advance(30 * MINUTES);
    }
    expect(await of('c@example.edu.cn')).toMatchObject({ state: 'FAILED', attempts: 8 });
    clock.advance(24 * HOURS);
    expect(await house.send()).toEqual({ sent: 0, kept: 0, failed: 0 });
  });

  it('several workers at once send each message once', async () => {
    await house.put(...Array.from({ length: 60 }, (_, i) => mail(`many${i}@example.edu.cn`)));
    await Promise.all([house.send(), house.send(), house.send(), house.send()]);
    await until('many59@example.edu.cn', 'SENT');
    for (let i = 0; i < 60; i++) await until(`many${i}@example.edu.cn`, 'SENT');
    const recipients = server.received.map((raw) => /^To: (.*)$/m.exec(raw)![1]);
    expect(recipients).toHaveLength(60);
    expect(new Set(recipients).size).toBe(60);
  });

  it('what a worker that died had taken goes to the next one; what it says afterwards is not heard', async () => {
    const repository = house.world.use(OutboxRepository);
    // taken in the transaction that wrote it: no wake-up can be quicker
    const [dead] = await house.unitOfWork.run(async (tx) => {
      await repository.add(tx, [mail('d@example.edu.cn')]);
      return repository.take(tx, 10, 10 * MINUTES);
    });
    expect(await house.send()).toEqual({ sent: 0, kept: 0, failed: 0 });
    clock.advance(10 * MINUTES);
    expect(await house.send()).toEqual({ sent: 1, kept: 0, failed: 0 });
    await house.unitOfWork.run((tx) => repository.giveUp(tx, dead!, 'too late'));
    expect(await of('d@example.edu.cn')).toMatchObject({ state: 'SENT', attempts: 2 });
  });
});
