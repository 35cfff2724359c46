import { spawnSync } from 'node:child_process';
import { type PaymentMessage as Message, PaymentMessage } from '../../../src/modules/payment/index.js';
import { UnfitParameterError, UnfitTextError } from '../../../src/platform/database/parameters.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
  await query('CREATE TABLE kept (one varchar(100) NULL, two int NULL)');
  await query('CREATE TABLE kept_bytes (one blob NULL)');
});
afterAll(() => world.close());

const query = (sql: string, parameters: unknown[] = []) =>
  world.dataSource.query<Record<string, unknown>[]>(sql, parameters);
const keep = (...parameters: unknown[]) =>
  parameters.length === 1
    ? query('INSERT INTO kept (one) VALUES (?)', parameters)
    : query('INSERT INTO kept (one, two) VALUES (?, ?)', parameters);

/** What no statement takes; the driver of SQLite ends the process on some of it. */
const UNFIT: [string, unknown][] = [
  ['an object', {}],
  ['an object with fields', { a: 1, b: { c: 2 } }],
  ['an object without a prototype', Object.create(null)],
  ['an object that writes SQL', { toSqlString: () => "'x') OR (1 = 1" }],
  ['an object that passes for text', { toString: () => 'x' }],
  ['an operator of TypeORM, as JSON has it', { '@instanceof': 'FindOperator', _type: 'not', _value: 'x' }],
  ['a list', ['x']],
  ['an empty list', []],
  ['a list of lists', [['x']]],
  ['a function', () => 'x'],
  ['a symbol', Symbol('x')],
  ['nothing at all', undefined],
  ['no number', Number.NaN],
  ['no end of numbers', Number.NEGATIVE_INFINITY],
  ['a number of more than 64 bits', 2n ** 63n],
  ['no time', new Date(Number.NaN)],
  ['a year of five digits', new Date('+010000-01-01T00:00:00Z')],
  ['what only says that it is a time', Object.create(Date.prototype)],
  ['a boxed text', new String('x')],
  ['bytes without a view', new ArrayBuffer(2)],
  ['numbers that are no bytes', new Float64Array(2)],
  ['a map', new Map([['x', 1]])],
  ['a promise', Promise.resolve('x')],
  ['a proxy', new Proxy(Buffer.from('x'), {})],
];
const UNFIT_TEXT: [string, string][] = [
  ['half a character at the end', '买\ud840'],
  ['the other half', '\udc00买'],
  ['a zero byte', 'a\u0000b'],
];

describe('a parameter that no driver can take', () => {
  it.each(UNFIT)('%s, alone or beside others, is refused, and nothing is written', async (_, value) => {
    await expect(keep(value)).rejects.toBeInstanceOf(UnfitParameterError);
    await expect(keep('x', value)).rejects.toBeInstanceOf(UnfitParameterError);
    await expect(query('SELECT one FROM kept WHERE one = ?', [value])).rejects.toBeInstanceOf(
      UnfitParameterError,
    );
    expect(await query('SELECT * FROM kept')).toEqual([]);
  });

  it.each(UNFIT_TEXT)('text with %s is refused as the client’s', async (_, text) => {
    const refused = keep(text);
    await expect(refused).rejects.toBeInstanceOf(UnfitTextError);
    await expect(refused).rejects.toMatchObject({ status: 400 });
    expect(await query('SELECT * FROM kept')).toEqual([]);
  });

  it('is not told in the error', async () => {
    await expect(keep('x', { secret: '110105' })).rejects.toThrow(
      'Parameter 2 of 2 is an object, which no statement takes.',
    );
    await expect(keep('110105\u0000')).rejects.toThrow('Parameter 1 of 1 is text that cannot be kept.');
  });

  it('nor are parameters that are no list', async () => {
    await expect(query('SELECT 1', { 0: 'x' } as never)).rejects.toBeInstanceOf(UnfitParameterError);
  });

  it('ends its transaction and no other', async () => {
    const { manager } = world.dataSource;
    const failing = manager.transaction(async (tx) => {
      await tx.query('INSERT INTO kept (one) VALUES (?)', ['x']);
      await tx.query('INSERT INTO kept (one) VALUES (?)', [{}]);
    });
    await expect(failing).rejects.toBeInstanceOf(UnfitParameterError);
    expect(await query('SELECT * FROM kept')).toEqual([]);
  });

  it('does not reach the database by an entity either: TypeORM would write `0NaN-NaN-NaN` down', async () => {
    const message: Message = {
      id: '1',
      gateway: 'sandbox',
      neeaId: null,
      verdict: 'BAD_SIGNATURE',
      body: '',
      receivedAt: new Date(Number.NaN),
    };
    const { manager } = world.dataSource;
    await expect(manager.insert(PaymentMessage, message)).rejects.toBeInstanceOf(UnfitParameterError);
    expect(await manager.count(PaymentMessage)).toBe(0);
  });

  it('control: the driver of SQLite, left alone with an object, aborts its process', () => {
    const script = `
      const database = new (require('libsql'))(':memory:');
      database.exec('CREATE TABLE kept (one)');
      database.prepare('INSERT INTO kept VALUES (?)').run({});`;
    const { signal, status } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect([signal, status]).toEqual(['SIGABRT', null]);
  });
});

describe('what is fit comes back as it was', () => {
  afterEach(async () => {
    await query('DELETE FROM kept');
    await query('DELETE FROM kept_bytes');
  });

  it.each([
    ['text', 'x'],
    ['no text', ''],
    ['four-byte characters', '王𬱖🀄'],
    ['text that looks like SQL', `'; DROP TABLE kept; -- \\ " ? :one`],
    ['null', null],
  ])('%s', async (_, value) => {
    await keep(value);
    expect(await query('SELECT one FROM kept')).toEqual([{ one: value }]);
  });

  it('numbers and flags', async () => {
    await keep('a', -7);
    await keep('b', 7n);
    await keep('c', true);
    expect(await query('SELECT two FROM kept ORDER BY one')).toEqual([{ two: -7 }, { two: 7 }, { two: 1 }]);
  });

  it('bytes, also alone', async () => {
    await query('INSERT INTO kept_bytes (one) VALUES (?)', [Buffer.from([0, 1, 255])]);
    const [row] = await query('SELECT one FROM kept_bytes');
    expect(Buffer.from(row!.one as Uint8Array)).toEqual(Buffer.from([0, 1, 255]));
  });

  it('a moment, also alone', async () => {
    await keep(new Date('2026-11-21T01:00:00.125Z'));
    const [row] = await query('SELECT one FROM kept');
    expect(row!.one).toBe(`2026-11-21 01:00:00.125`);
  });
});
