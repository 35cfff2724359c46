import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Uploads } from '../../../src/admin/panel/uploads.js';
import { HOURS, later } from '../../../src/kernel/clock.js';
import type { Config } from '../../../src/platform/config.js';
import { StoryClock } from '../../support/clock.js';

const LIMITS = { megabytes: 1, endings: ['.csv'] };

let dataDir: string;
let uploads: Uploads;
const clock = new StoryClock();
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), `${process.env.TEST_RUN ?? 'cet_test'}_uploads_`));
  uploads = new Uploads({ dataDir } as Config, clock);
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const left = () => readdirSync(join(dataDir, 'uploads'));
const from = (staffId: string, body = Readable.from([Buffer.from('x')])) => ({
  body,
  name: 'a.csv',
  staffId,
});

test('a file is its owner’s to read while it is there', async () => {
  const seen = await uploads.receive(from('wang'), LIMITS, async ({ path }) => {
    return [
      readFileSync(path, 'utf8'),
      (await stat(path)).mode & 0o777,
      (await stat(join(dataDir, 'uploads'))).mode & 0o777,
    ];
  });
  expect(seen).toEqual(['x', 0o600, 0o700]);
  expect(left()).toEqual([]);
});

test('a process takes in so many at once; whoever comes then is told to come again', async () => {
  const endings: (() => void)[] = [];
  const working = (staffId: string) =>
    uploads.receive(from(staffId), LIMITS, () => new Promise<void>((end) => endings.push(end)));
  const some = Array.from({ length: 8 }, (_, i) => working(`${i}`));
  await expect(working('one more')).rejects.toMatchObject({ code: 'TRY_AGAIN' });
  while (endings.length < some.length) await new Promise(setImmediate);
  for (const end of endings) end();
  await Promise.all(some);
  const last = working('one more');
  while (endings.length <= some.length) await new Promise(setImmediate);
  endings.at(-1)!();
  await last;
});

test('a sender who falls silent is not waited for', async () => {
  class Impatient extends Uploads {
    protected override readonly mostSilentMs = 20;
  }
  const silent = new Readable({ read() {} });
  silent.push('x');
  const impatient = new Impatient({ dataDir } as Config, clock);
  await expect(impatient.receive(from('wang', silent), LIMITS, async () => 0)).rejects.toThrow('gone away');
  expect(left()).toEqual([]);
});

test('what a killed process left where files keep their names is swept up, what somebody works on is not', async () => {
  const folder = join(dataDir, 'uploads');
  mkdirSync(folder);
  for (const [name, age] of [
    ['left', 3],
    ['worked-on', 1],
  ] as const) {
    writeFileSync(join(folder, name), 'x');
    const time = later(clock.now(), -age * HOURS);
    utimesSync(join(folder, name), time, time);
  }
  await uploads.onModuleInit();
  expect(left()).toEqual(['worked-on']);
});
