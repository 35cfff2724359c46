/** Where the application's processor time goes: enrolling, the registration page, and a worker handing out seats. */
import { callBy, enrol, openPage } from './clients.mjs';
import { Numbers } from './people.mjs';
import { profileTables, statementTable } from './profile-summary.mjs';
import { callsOf, seedRush } from './rush.mjs';
import { analyse, seedSitting } from './seed.mjs';
import { Process } from './system.mjs';
import { drain } from './waitlist-run.mjs';

const LONG_MS = 120_000;

/** @param {import('./system.mjs').Setting} setting @returns {Promise<string>} tables */
export async function runProfile(server, setting, { clients: [clients], enrolments, pages, drained }, say) {
  const numbers = new Numbers();
  const database = await server.create('profile', setting.app);
  const pool = database.pool(4);
  await seedSitting(pool);
  const warm = await seedRush(pool, numbers, Math.ceil(enrolments / 3), 1);
  const group = await seedRush(pool, numbers, enrolments, 1);
  await analyse(pool);

  const api = await Process.start(setting, database, 'api');
  await callBy(api.port, clients, callsOf(warm, 0, warm.count, enrol), LONG_MS);
  const enrolling = await api.profile(() =>
    callBy(api.port, clients, callsOf(group, 0, enrolments, enrol), LONG_MS),
  );
  say('Enrolling: profiled');
  const opened = Math.min(pages, enrolments);
  const reading = await api.profile(() =>
    callBy(api.port, clients, callsOf(group, 0, opened, openPage), LONG_MS),
  );
  say('The registration page: profiled');
  await api.stop();

  const worker = await Process.start(setting, database, 'worker');
  await drain(setting, database, pool, numbers, Math.ceil(drained / 4));
  const allocating = await drain(setting, database, pool, numbers, drained, (work) => worker.profile(work));
  await worker.stop();
  say('Handing out seats: profiled');

  const section = (name, pieces, { profile, statements }) =>
    `## ${name}\n\n${statementTable(statements, pieces)}\n\n${profileTables(profile, setting.app)}`;
  return [
    'On a busy machine the shares of system calls are too high: a process is mostly put aside in one, and sampled there.',
    section(`Enrolling, ${clients} clients, one hot venue`, enrolments, enrolling),
    section(`The registration page, ${clients} clients`, opened, reading),
    section('The worker, a seat handed out', drained, allocating.watched),
  ].join('\n\n');
}
