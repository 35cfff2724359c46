import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { type Config, loadConfig } from '../../src/platform/config.js';
import { dataSourceOptions, openDataSource } from '../../src/platform/database/data-source.js';
import { MetricsServer } from '../../src/platform/http/metrics-server.js';
import { World } from '../support/world.js';

const TOKEN = 'a token that Prometheus knows';

/**
 * How many sign in, fail and pay, minute by minute, and by which routes: it was told to whoever asked, in production
 * too.
 */
describe('The figures', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());
  afterEach(() => {
    world.use(MetricsServer).onApplicationShutdown();
    Object.assign(world.config, { metricsPort: undefined, metricsToken: undefined, ...PLAIN });
  });
  const PLAIN = { trustProxy: 0, publicUrl: 'http://localhost:3000' };

  /** As if it had been started with these. */
  async function set(settings: Partial<Config>): Promise<void> {
    Object.assign(world.config, settings);
    await world.use(MetricsServer).start();
  }
  const ask = (headers: Record<string, string> = {}) => world.http.get('/metrics').set(headers);

  it('are this machine’s own where nothing is set: what came by a proxy is not told', async () => {
    await ask().expect(200);
    for (const header of ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'Via', 'X-Forwarded-Proto'])
      expect((await ask({ [header]: '127.0.0.1' })).body).toMatchObject({ code: 'NO_SUCH_CALL' });
    // another address of this machine
    expect((await from('127.0.0.9')).status).toBe(200);
    await set({ trustProxy: 1 });
    await ask().expect(404);
    await set({ ...PLAIN, publicUrl: 'https://cet.example.edu.cn' });
    await ask().expect(404);
  });

  it('are not had by another spelling of their address or another method', async () => {
    await set({ trustProxy: 1 });
    for (const path of ['/METRICS', '/metrics/', '/metrics?x=1', '//metrics', '/%6detrics', '/metrics;x']) {
      const answer = await world.http.get(path);
      expect([path, answer.status, answer.text.includes('cet_http')]).toEqual([path, 404, false]);
    }
    for (const method of ['post', 'head', 'options', 'put'] as const)
      expect((await world.http[method]('/metrics')).text ?? '').not.toContain('cet_http');
  });

  it('are whoever’s who brings the token, and nobody else’s', async () => {
    await set({ metricsToken: TOKEN, publicUrl: 'https://cet.example.edu.cn', trustProxy: 1 });
    const wrong = [
      '',
      'Bearer',
      `Bearer ${TOKEN.slice(1)}`,
      `Bearer ${TOKEN} `.repeat(2),
      TOKEN,
      `Basic ${TOKEN}`,
    ];
    for (const Authorization of wrong) await ask({ Authorization }).expect(404);
    await ask({ Authorization: `Bearer ${TOKEN}` }).expect(200, /cet_http_request_seconds/);
  });

  it('are at a port of their own where there is one, and nowhere else', async () => {
    await set({ metricsPort: 0 });
    await ask().expect(404);
    const { port } = world.use(MetricsServer).address()!;
    const there = request(`http://127.0.0.1:${port}`);
    await there.get('/metrics').expect(200, /cet_http_request_seconds/);
    for (const path of ['/', '/healthz', '/api/v1/sittings/current', '/admin'])
      await there.get(path).expect(404);
    await there.post('/metrics').expect(404);
  });

  it('at that port too for the token alone, where one is set', async () => {
    await set({ metricsPort: 0, metricsToken: TOKEN });
    const there = request(`http://127.0.0.1:${world.use(MetricsServer).address()!.port}`);
    await there.get('/metrics').expect(404);
    await there.get('/metrics').auth(TOKEN, { type: 'bearer' }).expect(200);
  });

  it('need a token that is not guessed, and a port that is not the other one', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'cet_test_figures_'));
    try {
      const load = (env: Record<string, string>) => () => loadConfig({ DATA_DIR: dataDir, ...env });
      expect(load({ METRICS_TOKEN: 'short' })).toThrow(/^ {2}METRICS_TOKEN: /m);
      expect(load({ PORT: '3000', METRICS_PORT: '3000' })).toThrow(/^ {2}METRICS_PORT: /m);
      expect(load({ METRICS_PORT: '9464', METRICS_TOKEN: TOKEN })()).toMatchObject({
        metricsPort: 9464,
        metricsToken: TOKEN,
      });
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });

  /** A call from another address of this machine. */
  function from(localAddress: string): Promise<{ status: number }> {
    return new Promise((resolve, reject) => {
      httpRequest(`${world.url}/metrics`, { localAddress }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode! });
      })
        .on('error', reject)
        .end();
    });
  }
});

/**
 * The SQLite file holds every candidate's name, number and mail; it was 0644, and anybody with an account on the machine
 * could read it, and the log beside it.
 */
describe('The files', () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'cet_test_files_'));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  const modeOf = (...path: string[]) => (statSync(join(parent, ...path)).mode & 0o777).toString(8);
  async function writeSomething(dataDir: string) {
    const dataSource = await openDataSource(dataSourceOptions({ dataDir, databasePool: 1 }, []));
    await dataSource.query('CREATE TABLE IF NOT EXISTS person (name TEXT)');
    await dataSource.query("INSERT INTO person VALUES ('陈思远')");
    return dataSource;
  }

  it('of a new installation are its user’s alone: database, log, shared memory, secret, folder', async () => {
    const before = process.umask(0);
    try {
      const { dataDir } = loadConfig({ DATA_DIR: join(parent, 'data') });
      const dataSource = await writeSomething(dataDir);
      const files = readdirSync(dataDir).sort();
      expect(files).toEqual(['cet.sqlite', 'cet.sqlite-shm', 'cet.sqlite-wal', 'secret-key']);
      for (const file of files) expect([file, modeOf('data', file)]).toEqual([file, '600']);
      expect(modeOf('data')).toBe('700');
      await dataSource.destroy();
    } finally {
      process.umask(before);
    }
  });

  it('and those of one from before become so', async () => {
    const killed = await writeSomething(join(parent, 'killed'));
    const dataDir = join(parent, 'data');
    // as a process leaves them that is killed
    mkdirSync(dataDir);
    for (const file of ['cet.sqlite', 'cet.sqlite-wal', 'cet.sqlite-shm'])
      copyFileSync(join(parent, 'killed', file), join(dataDir, file));
    writeFileSync(join(dataDir, 'secret-key'), 'x'.repeat(64));
    for (const file of readdirSync(dataDir)) chmodSync(join(dataDir, file), 0o644);
    await killed.destroy();
    loadConfig({ DATA_DIR: dataDir });
    const dataSource = await writeSomething(dataDir);
    for (const file of ['cet.sqlite', 'cet.sqlite-wal', 'cet.sqlite-shm', 'secret-key'])
      expect([file, modeOf('data', file)]).toEqual([file, '600']);
    await dataSource.destroy();
  });

  it('a folder that was there is left as it is: it may be everybody’s', async () => {
    chmodSync(parent, 0o755);
    await (await writeSomething(parent)).destroy();
    expect(modeOf()).toBe('755');
    expect(existsSync(join(parent, 'cet.sqlite'))).toBe(true);
    expect(modeOf('cet.sqlite')).toBe('600');
  });
});
