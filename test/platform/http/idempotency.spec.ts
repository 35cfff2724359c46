import { Body, Controller, Post } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MINUTES } from '../../../src/kernel/clock.js';
import { TextField } from '../../../src/platform/http/fields.js';
import { Idempotent } from '../../../src/platform/http/idempotency.js';
import { NOT_FOUND } from '../../../src/platform/http/refusals.js';
import { StoredAnswer } from '../../../src/platform/http/stored-answer.entity.js';
import { openSmallApp } from './small-app.js';

class Thing {
  @TextField({ description: 'Name', max: 20 })
  name: string;
}

let made = 0;
/** What the maker waits for before it answers. */
let gate: Promise<void> = Promise.resolve();

@Controller('things')
class ThingController {
  @Post()
  @Idempotent()
  async make(@Body() { name }: Thing) {
    if (name === 'refused') throw NOT_FOUND();
    const number = ++made;
    await gate;
    return { name, number };
  }

  @Post('elsewhere')
  @Idempotent()
  makeElsewhere(@Body() { name }: Thing) {
    return { name, number: ++made };
  }
}

describe('Idempotency-Key', () => {
  let door: Awaited<ReturnType<typeof openSmallApp>>;
  beforeAll(async () => {
    door = await openSmallApp([ThingController]);
  });
  afterAll(() => door.close());
  beforeEach(() => {
    made = 0;
    gate = Promise.resolve();
  });

  let keys = 0;
  const newKey = () => `key-${++keys}`;
  const make = (key: string | undefined, name = 'a thing', { token = 'a', path = '/things' } = {}) => {
    const call = door.http.post(`/api/v1${path}`).set('Authorization', `Bearer ${token.repeat(20)}`);
    return (key === undefined ? call : call.set('Idempotency-Key', key)).send({ name });
  };

  it('gives the same answer to the same key and body, and does the work once', async () => {
    const key = newKey();
    const first = await make(key).expect(201);
    const second = await make(key).expect(201);
    expect(second.body).toEqual(first.body);
    expect(made).toBe(1);
  });

  it('may be left out, and then each request is a new one', async () => {
    await make(undefined).expect(201);
    await make(undefined).expect(201);
    expect(made).toBe(2);
  });

  it('is refused with another body', async () => {
    const key = newKey();
    await make(key).expect(201);
    const answer = await make(key, 'another thing').expect(422);
    const problem = JSON.parse(answer.text);
    expect(problem).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', errors: [{ field: 'Idempotency-Key' }] });
    expect(made).toBe(1);
  });

  it.each([
    ['another person', { token: 'b' }],
    ['another call', { path: '/things/elsewhere' }],
  ])('of %s is another key', async (_, other) => {
    const key = newKey();
    await make(key).expect(201);
    await make(key, 'a thing', other).expect(201);
    expect(made).toBe(2);
  });

  it('keeps no refusal: what was refused is tried again', async () => {
    const key = newKey();
    await make(key, 'refused').expect(404);
    await make(key, 'refused').expect(404);
    await make(key).expect(201);
    expect(made).toBe(1);
  });

  it('tells who asks meanwhile to wait', async () => {
    const key = newKey();
    let open = () => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const first = make(key).then((answer) => answer);
    while (made === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await make(key).expect(409);
    expect(JSON.parse(second.text).code).toBe('REQUEST_IN_PROGRESS');
    expect(second.headers['retry-after']).toBe('1');
    open();
    expect((await first).status).toBe(201);
    expect((await make(key).expect(201)).body).toEqual((await first).body);
    expect(made).toBe(1);
  });

  it('lets one of many at once do the work', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 12 }, () => make(key)));
    expect(made).toBe(1);
    for (const { status, body } of answers) {
      expect([201, 409]).toContain(status);
      if (status === 201) expect(body.number).toBe(1);
    }
    await make(key).expect(201, { name: 'a thing', number: 1 });
  });

  it('is free again a minute after a request that died', async () => {
    const key = newKey();
    await make(key).expect(201);
    await door.app.get(DataSource).query('UPDATE stored_answer SET status = NULL, answer = NULL');
    await make(key).expect(409);
    door.clock.advance(1 * MINUTES + 1);
    await make(key).expect(201);
    expect(made).toBe(2);
  });

  it('stores neither who asked nor what was answered in the clear', async () => {
    await make(newKey(), 'readable-name').expect(201);
    const rows = JSON.stringify(await door.app.get(DataSource).manager.find(StoredAnswer));
    expect(rows).not.toContain('readable-name');
    expect(rows).not.toContain('a'.repeat(20));
    expect(rows).not.toContain(`key-${keys}`);
  });
});
