import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, doubtsAbout, loadConfig } from '../../src/platform/config.js';

const SECRET = 'a secret of thirty-two characters';

describe('the settings', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'cet_test_config_'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('are those of the embedded column when nothing is set', () => {
    const config = loadConfig({ DATA_DIR: dataDir });
    expect(config).toMatchObject({
      port: 3000,
      role: 'all',
      databaseUrl: undefined,
      redisUrl: undefined,
      redisPrefix: 'cet',
      publicUrl: 'http://localhost:3000',
      logLevel: 'info',
      sandboxPay: true,
      demo: true,
    });
  });

  it('are those of the production column when it is set', () => {
    const config = loadConfig({
      DATA_DIR: dataDir,
      PORT: '8080',
      ROLE: 'worker',
      DATABASE_URL: 'mysql://cet:secret@db:3306/cet',
      REDIS_URL: 'redis://redis:6379',
      SECRET_KEY: SECRET,
      PUBLIC_URL: 'https://cet.example.edu.cn/',
    });
    expect(config).toMatchObject({
      port: 8080,
      role: 'worker',
      databaseUrl: 'mysql://cet:secret@db:3306/cet',
      redisUrl: 'redis://redis:6379',
      secretKey: SECRET,
      publicUrl: 'https://cet.example.edu.cn',
      sandboxPay: false,
      demo: false,
    });
  });

  it('may be empty, which is the same as not set', () => {
    expect(loadConfig({ DATA_DIR: dataDir, PORT: '', SMTP_URL: '', DATABASE_URL: '' })).toMatchObject({
      port: 3000,
      smtpUrl: undefined,
      databaseUrl: undefined,
    });
  });

  it.each([
    ['https://cet.example.edu.cn', '0', 1],
    ['https://cet.example.edu.cn', '1', 0],
    ['http://cet.example.edu.cn', '0', 0],
    [undefined, '0', 0],
  ])('PUBLIC_URL %s with TRUST_PROXY %s leaves %i doubts', (PUBLIC_URL, TRUST_PROXY, doubts) => {
    expect(doubtsAbout(loadConfig({ DATA_DIR: dataDir, PUBLIC_URL, TRUST_PROXY }))).toHaveLength(doubts);
  });

  const bad = {
    PORT: '70000',
    ROLE: 'boss',
    DATABASE_URL: 'postgres://localhost/cet',
    DATABASE_POOL: '0',
    REDIS_URL: 'localhost:6379',
    REDIS_PREFIX: 'with blanks',
    PUBLIC_URL: 'cet.example.edu.cn',
    TRUST_PROXY: '-1',
    LOG_LEVEL: 'loud',
    SESSION_HOURS: '1.5',
    CHALLENGE_DIFFICULTY: 'hard',
    SMTP_URL: 'http://mail',
    MAIL_FROM: 'CET <cet@example.edu.cn, other@example.edu.cn>',
    SANDBOX_LATE_SECONDS: '0',
    DEMO: 'yes',
  };

  it.each(Object.entries(bad))('%s=%s is refused by its name', (name, value) => {
    expect(() => loadConfig({ DATA_DIR: dataDir, SECRET_KEY: SECRET, [name]: value })).toThrow(
      new RegExp(`^ {2}${name}: .+`, 'm'),
    );
  });

  it('are refused all at once, and no value is repeated', () => {
    const short = 'too-short-a-secret';
    let message = '';
    try {
      loadConfig({ DATA_DIR: dataDir, ...bad, SECRET_KEY: short });
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      message = (error as Error).message;
    }
    const named = [...message.matchAll(/^ {2}(\w+): .+$/gm)].map((line) => line[1]);
    expect(named.sort()).toEqual([...Object.keys(bad), 'SECRET_KEY'].sort());
    expect(message).not.toContain(short);
    expect(message).not.toContain('postgres');
  });

  it('need a secret with DATABASE_URL, and say so together with the rest', () => {
    expect(() => loadConfig({ DATA_DIR: dataDir, DATABASE_URL: 'mysql://db/cet', PORT: 'x' })).toThrow(
      /PORT: [\s\S]+SECRET_KEY: is needed with DATABASE_URL/,
    );
  });

  it('keep the secret that was made on first start, readable to nobody else', () => {
    const first = loadConfig({ DATA_DIR: dataDir }).secretKey;
    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(loadConfig({ DATA_DIR: dataDir }).secretKey).toBe(first);
    expect(readFileSync(join(dataDir, 'secret-key'), 'utf8')).toBe(first);
    expect(statSync(join(dataDir, 'secret-key')).mode & 0o077).toBe(0);
  });
});
