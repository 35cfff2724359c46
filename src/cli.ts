import 'reflect-metadata';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { AddStaff, type NewStaff } from './admin/staff/add-staff.use-case.js';
import { AppModule } from './app.module.js';
import { LoadDemo } from './demo/load-demo.use-case.js';
import { demoStudentLines } from './demo/students.js';
import type { SystemActor } from './kernel/actor.js';
import { toShanghaiText } from './kernel/clock.js';
import { DomainError } from './kernel/domain-error.js';
import { ListOutbox } from './modules/notification/index.js';
import {
  ImportCet4Results,
  ImportRoster,
  ImportSubjectLists,
  ImportSubjectRules,
} from './modules/qualification/index.js';
import { AddSitting, ImportCampuses, ImportSchools, ImportVenues } from './modules/sitting/index.js';
import { VerifySeats } from './modules/waitlist/index.js';
import { Config, ConfigError, loadConfig } from './platform/config.js';
import { isConflict, isConnectionLost } from './platform/database/dialect.js';
import { migrate } from './platform/database/migrate.js';
import { faultLines, summary } from './platform/import/import-report.js';
import type { ImportCommand, ImportResult } from './platform/import/intake.js';
import { progressBar } from './platform/import/progress-bar.js';
import { JobHandlers } from './platform/queue/job-handlers.js';
import { JOB_NAMES, type JobName } from './platform/queue/job-names.js';

/** What can go wrong, for scripts: the command was refused or a line is faulty; the command itself is wrong. */
const [REFUSED, MISUSED] = [1, 2];

const say = (text: string) => process.stdout.write(`${text}\n`);
const complain = (text: string) => process.stderr.write(`${text}\n`);

/** Runs `work` with the whole system, its database migrated, but no schedule, no pages, and no jobs of Bull's. */
async function withSystem(work: (system: INestApplicationContext) => Promise<void>): Promise<void> {
  const config = new Config({ ...loadConfig(process.env), role: 'api' });
  await migrate(config);
  const system = await NestFactory.createApplicationContext(AppModule.register(config, { schedule: false }), {
    logger: false,
    abortOnError: false,
  });
  try {
    await work(system);
  } finally {
    await system.close();
  }
}

type Import = (
  system: INestApplicationContext,
  command: ImportCommand & { sitting?: number },
  actor: SystemActor,
) => Promise<ImportResult>;

const IMPORTS: Readonly<Record<string, Import>> = {
  schools: (system, command, actor) => system.get(ImportSchools).execute(command, actor),
  campuses: (system, command, actor) => system.get(ImportCampuses).execute(command, actor),
  venues: (system, command, actor) => system.get(ImportVenues).execute(command, actor),
  'subject-rules': (system, command, actor) => system.get(ImportSubjectRules).execute(command, actor),
  'subject-lists': (system, command, actor) => system.get(ImportSubjectLists).execute(command, actor),
  roster: (system, command, actor) => system.get(ImportRoster).execute(command, actor),
  'cet4-results': (system, command, actor) => system.get(ImportCet4Results).execute(command, actor),
};

async function takeIn(
  kind: string,
  file: string,
  options: Omit<ImportCommand, 'file'> & { sitting?: number },
) {
  await withSystem(async (system) => {
    const { onProgress, stop } = progressBar();
    const actor: SystemActor = { type: 'SYSTEM', cause: `cet import ${kind}` };
    // `npm run` moves to the project's folder; the file is meant from where it was typed
    const from = process.env.npm_lifecycle_event === 'cet' ? process.env.INIT_CWD : undefined;
    const command = { ...options, file: resolve(from ?? '.', file), onProgress };
    const result = await IMPORTS[kind]!(system, command, actor).finally(stop);
    for (const line of faultLines(result)) complain(line);
    say(summary(result, options.dryRun ?? false));
    if (result.faultCount > 0) process.exitCode = REFUSED;
  });
}

/** A password from a pipe, or asked for on the terminal without showing it. */
async function readPassword(fromStdin: boolean): Promise<string> {
  const asked = process.stdin.isTTY && !fromStdin;
  if (asked) process.stderr.write('密码 Password: ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: asked });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (asked) process.stderr.write('\n');
  }
}

function number(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('应为数字 · must be a number');
  return Number(text);
}

const cet = new Command('cet')
  .description('全国大学英语四、六级考试报名系统 · CET registration')
  .exitOverride();

cet
  .command('migrate')
  .description('建立或更新数据库结构 · bring the database up to date')
  .action(async () => {
    const done = await migrate(loadConfig(process.env));
    say(done.length > 0 ? done.join('\n') : '数据库已是最新 · The database is up to date');
  });

cet
  .command('import')
  .description(
    '导入 CSV 或 XLSX 文件，说明见 docs/import-files.md · take in a CSV or XLSX file, see docs/import-files.md',
  )
  .addArgument(new Argument('<kind>').choices(Object.keys(IMPORTS)))
  .argument('<file>', 'UTF-8 或 GB18030 · UTF-8 or GB18030')
  .option('--sitting <number>', '考次，默认当前考次 · the sitting, by default the current one', number)
  .option('--dry-run', '只检查，不存入 · check only, store nothing')
  .option('--take-good-lines', '有误的行跳过，其余存入 · store the good lines although others are faulty')
  .action(takeIn);

cet
  .command('sitting')
  .description('考次 · sittings')
  .command('add')
  .argument('<number>', '如 262：2026 年下半年 · 262 is the second half of 2026', number)
  .option('--name <name>', '名称 · its name, by default the usual one')
  .option('--current', '设为当前考次 · make it the one candidates register for')
  .action((sitting: number, options: { name?: string; current?: boolean }) =>
    withSystem(async (system) => {
      const added = await system
        .get(AddSitting)
        .execute({ number: sitting, ...options }, { type: 'SYSTEM', cause: 'cet sitting add' });
      say(`已添加考次 ${added.number} ${added.name} · Sitting ${added.number} was added`);
    }),
  );

cet
  .command('demo')
  .description('载入演示考次（没有任何考次时）· load the demonstration sitting where there is none')
  .action(() =>
    withSystem(async (system) => {
      const loaded = await system.get(LoadDemo).execute();
      say(
        loaded
          ? '演示考次已载入 · The demonstration is loaded'
          : '已有考次，未作改动 · There is a sitting: nothing was done',
      );
      if (loaded) say(demoStudentLines().join('\n'));
    }),
  );

cet
  .command('run-job')
  .description('立即运行一个任务 · run a job now')
  .addArgument(new Argument('<name>').choices(JOB_NAMES))
  .action((name: JobName) =>
    withSystem(async (system) => {
      say(JSON.stringify((await system.get(JobHandlers).run(name)) ?? null));
    }),
  );

cet
  .command('staff')
  .description('工作人员账号 · accounts of staff')
  .command('add')
  .requiredOption('--login <login>', '登录名 · what they sign in with')
  .requiredOption('--name <name>', '姓名 · their name')
  .addOption(new Option('--role <role>').choices(['CENTRAL', 'PROVINCE', 'SCHOOL']).makeOptionMandatory())
  .option('--province <code>', '省份代码（PROVINCE）· code of the province')
  .option('--school <code>', '学校代码（SCHOOL）· code of the school')
  .option('--email <address>', '接收邀请的邮箱 · where an invitation goes')
  .option(
    '--invite',
    '邀请其自行设置密码，有邮箱的发送链接，没有的显示链接 · invite them to set a password: mail the link, or print it',
  )
  .option('--password-stdin', '从标准输入读取密码 · read the password from standard input')
  .action(
    (
      options: Pick<NewStaff, 'login' | 'name' | 'role'> & {
        province?: string;
        school?: string;
        email?: string;
        invite?: boolean;
        passwordStdin?: boolean;
      },
    ) =>
      withSystem(async (system) => {
        const { login, name, role, province, school, email } = options;
        const password = options.invite ? undefined : await readPassword(options.passwordStdin ?? false);
        const command = { login, name, role, provinceCode: province, schoolCode: school, email, password };
        const actor: SystemActor = { type: 'SYSTEM', cause: 'cet staff add' };
        const { staff, invitation } = await system.get(AddStaff).execute(command, actor);
        say(`已添加 ${staff.login} · ${staff.login} was added`);
        if (invitation) say(invitation.mailed ? `已发送到 ${email} · sent to ${email}` : invitation.link);
      }),
  );

cet
  .command('outbox')
  .description('短信和邮件 · SMS and e-mail')
  .command('list')
  .option('--limit <number>', '条数 · how many', number, 20)
  .option('--to <recipient>', '收件人全称 · only to this recipient, in full')
  .action(({ limit, to }: { limit: number; to?: string }) =>
    withSystem(async (system) => {
      for (const message of await system.get(ListOutbox).execute({ limit, recipient: to })) {
        const { createdAt, channel, recipient, state, subject, body } = message;
        say(`${toShanghaiText(createdAt)}  ${channel}  ${recipient}  ${state}  ${subject ?? ''}`.trimEnd());
        say(`    ${body.replaceAll('\n', '\n    ')}`);
      }
    }),
  );

cet
  .command('verify')
  .description('核对 · proofs')
  .command('seats')
  .description('按考位流水重算并核对考位与候补 · replay the seat ledger and compare it with the rows')
  .option('--venue <id>', '只核对一个考点科目 · only this venue')
  .action(({ venue: venueId }: { venue?: string }) =>
    withSystem(async (system) => {
      const { venues, faults } = await system.get(VerifySeats).execute({ venueId });
      for (const { venueId: id, sequence, fault } of faults) say(`${id}  ${sequence ?? '-'}  ${fault}`);
      say(
        `已核对 ${venues} 个考点科目，问题 ${faults.length} 处 · ${venues} venues, ${faults.length} faults`,
      );
      if (faults.length > 0) process.exitCode = REFUSED;
    }),
  );

/** The server is not there, does not know the name, or does not let it in. */
const NO_DATABASE = /^(ENOTFOUND|ER_(DB)?ACCESS_DENIED_ERROR|ER_BAD_DB_ERROR)$/;

/** One line for what the user can mend; a stack only for what is our fault. */
function explain(error: unknown): void {
  process.exitCode = REFUSED;
  const code = String((error as { code?: unknown }).code);
  if (error instanceof DomainError) complain(`${error.code} ${error.detail('zh')} · ${error.detail('en')}`);
  else if (error instanceof ConfigError) complain(error.message);
  else if (isConnectionLost(error) || NO_DATABASE.test(code))
    complain(
      `${code} 数据库连接不上，请检查 DATABASE_URL · The database cannot be reached; check DATABASE_URL`,
    );
  else if (isConflict(error))
    complain(
      `${code} 数据库正忙，没有作任何改动，请重试 · The database is busy: nothing was changed, try again`,
    );
  else complain(String((error as Error).stack));
}

try {
  await cet.parseAsync();
} catch (error) {
  // commander has said what is wrong with the command
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : MISUSED;
  else explain(error);
}
