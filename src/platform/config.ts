import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Mailbox, mailboxFrom } from '../kernel/email-address.js';
import { ownFileIfThere, ownFolder } from './private-files.js';

const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const mailbox = z.string().transform((text, { addIssue }) => {
  const parsed = mailboxFrom(text);
  if (!parsed) addIssue('must be one address, as cet@example.edu.cn or CET <cet@example.edu.cn>');
  return parsed ?? z.NEVER;
});
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Every variable the system reads, with its limits and default. The README's table is this list in prose. */
const schema = z.object({
  PORT: wholeNumber(0, 65535).default(3000),
  DATA_DIR: z.string().min(1).default('data'),
  ROLE: z.enum(['api', 'worker', 'all']).default('all'),
  DATABASE_URL: z.url({ protocol: /^(mysql|mariadb)$/ }).optional(),
  DATABASE_POOL: wholeNumber(1, 500).default(20),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .default('cet'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SECRET_KEY: z.string().min(32).optional(),
  TRUST_PROXY: wholeNumber(0, 10).default(0),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SESSION_HOURS: wholeNumber(1, 720).default(12),
  CHALLENGE_DIFFICULTY: wholeNumber(100, 10_000_000).default(50_000),
  PEOPLE_PER_ADDRESS: wholeNumber(1, 1_000_000).default(5_000),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: mailbox.default({ name: 'CET', address: 'cet@localhost' }),
  METRICS_PORT: wholeNumber(0, 65535).optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  SANDBOX_PAY: z.enum(['on', 'off']).optional(),
  SANDBOX_LATE_SECONDS: wholeNumber(1, 3600).default(5),
  DEMO: flag.optional(),
});

export type Role = 'api' | 'worker' | 'all';

/** The settings of this process, checked. Inject it; nothing else reads the environment. */
export class Config {
  readonly port: number;
  /** Where the embedded database and the generated secret live. */
  readonly dataDir: string;
  readonly role: Role;
  /** `mysql://…`; without it the embedded SQLite file is used. */
  readonly databaseUrl?: string;
  readonly databasePool: number;
  /** `redis://…`; without it jobs run in the process. */
  readonly redisUrl?: string;
  /** What our keys in Redis begin with, so that installations can share one. */
  readonly redisPrefix: string;
  /** What people type to come here; links in messages and payment pages begin with it. */
  readonly publicUrl: string;
  /** Signs challenges and sandbox messages and encrypts stored answers. */
  readonly secretKey: string;
  readonly trustProxy: number;
  readonly logLevel: string;
  readonly sessionHours: number;
  /** Upper bound of the human check's proof of work. */
  readonly challengeDifficulty: number;
  /** How many people may share one network address; what is too much from one is in proportion to it. */
  readonly peoplePerAddress: number;
  readonly smtpUrl?: string;
  readonly mailFrom: Mailbox;
  /** Where the figures of `/metrics` are; without it at the common port. */
  readonly metricsPort?: number;
  /** What whoever reads them brings. */
  readonly metricsToken?: string;
  /** Is the sandbox platform here, where nobody pays any money? With `databaseUrl` only where it is asked for. */
  readonly sandboxPay: boolean;
  /** How late the sandbox platform's message is with `notify: LATER`. */
  readonly sandboxLateSeconds: number;
  /** Is the demonstration sitting loaded at start? Only the embedded database loads it unless told. */
  readonly demo: boolean;

  constructor(values: { [K in keyof Config]: Config[K] }) {
    Object.assign(this, values);
  }
}

/** Thrown when variables are missing or out of range; its message lists every one of them. */
export class ConfigError extends Error {}

/**
 * Reads and checks all settings at once. In the embedded column the secret is made on first start and kept in
 * `DATA_DIR/secret-key`; with `DATABASE_URL` it must be given, because several processes share it.
 *
 * @throws ConfigError naming every bad variable
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  const faults = parsed.error?.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`) ?? [];
  if (given.DATABASE_URL && !given.SECRET_KEY) {
    faults.push(
      '  SECRET_KEY: is needed with DATABASE_URL (32 characters or more, the same on every machine)',
    );
  }
  if (given.METRICS_PORT && given.METRICS_PORT === (given.PORT ?? '3000')) {
    faults.push('  METRICS_PORT: must be another port than PORT');
  }
  if (!parsed.success || faults.length > 0) {
    throw new ConfigError(`These settings cannot be used:\n${faults.join('\n')}`);
  }
  const v = parsed.data;
  const dataDir = resolve(v.DATA_DIR);
  return new Config({
    port: v.PORT,
    dataDir,
    role: v.ROLE,
    databaseUrl: v.DATABASE_URL,
    databasePool: v.DATABASE_POOL,
    redisUrl: v.REDIS_URL,
    redisPrefix: v.REDIS_PREFIX,
    publicUrl: (v.PUBLIC_URL ?? `http://localhost:${v.PORT}`).replace(/\/$/, ''),
    secretKey: v.SECRET_KEY ?? keptSecret(dataDir),
    trustProxy: v.TRUST_PROXY,
    logLevel: v.LOG_LEVEL,
    sessionHours: v.SESSION_HOURS,
    challengeDifficulty: v.CHALLENGE_DIFFICULTY,
    peoplePerAddress: v.PEOPLE_PER_ADDRESS,
    smtpUrl: v.SMTP_URL,
    mailFrom: v.MAIL_FROM,
    metricsPort: v.METRICS_PORT,
    metricsToken: v.METRICS_TOKEN,
    sandboxPay: v.SANDBOX_PAY ? v.SANDBOX_PAY === 'on' : !v.DATABASE_URL,
    sandboxLateSeconds: v.SANDBOX_LATE_SECONDS,
    demo: v.DEMO ?? !v.DATABASE_URL,
  });
}

/** Can real people pay without money? In a real installation only where somebody has asked for it. */
export function anybodyPaysForFree({ sandboxPay, databaseUrl }: Config): boolean {
  return sandboxPay && databaseUrl !== undefined;
}

/** Settings that can be used and are probably not meant, each a sentence for whoever starts the process. */
export function doubtsAbout(config: Config): string[] {
  const { publicUrl, trustProxy, databaseUrl, demo } = config;
  const doubts = [];
  if (anybodyPaysForFree(config))
    doubts.push(
      'SANDBOX_PAY is on beside DATABASE_URL: anybody can make any order paid without any money. Switch it off wherever real candidates register.',
    );
  if (demo && databaseUrl)
    doubts.push(
      'DEMO is true beside DATABASE_URL: where there is no sitting yet, an invented one becomes the current one, open to everybody.',
    );
  if (publicUrl.startsWith('https:') && trustProxy === 0)
    doubts.push(
      'PUBLIC_URL is https, which a proxy in front must speak, and TRUST_PROXY is 0: everybody seems to call from the address of that proxy, and their attempts are counted as those of one. Set TRUST_PROXY to the number of proxies.',
    );
  return doubts;
}

function keptSecret(dataDir: string): string {
  ownFolder(dataDir);
  const file = join(dataDir, 'secret-key');
  try {
    // `wx`: two processes starting at once agree on the file that was there first
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  ownFileIfThere(file);
  return readFileSync(file, 'utf8');
}
