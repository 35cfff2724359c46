import type { PanelUser } from '../../../src/admin/panel/panel-user.js';
import { type CheckedFile, importVerbs, LINE_FILE } from '../../../src/admin/tools/file-import.js';

const CHECKED: CheckedFile = {
  sha256: 'f'.repeat(64),
  counts: [],
  faults: { columns: [], rows: [] },
  faultCount: 0,
  good: 0,
  stored: false,
};
const about = { name: '学籍导入', text: '', accept: '.csv', unit: '行', hasTemplate: false };
const user = (staffId: string) => ({ actor: { type: 'STAFF', staffId, role: 'SCHOOL' } }) as PanelUser;

test('a member of staff has one file read at a time; others need not wait', async () => {
  const waiting: (() => void)[] = [];
  const verbs = importVerbs(about, LINE_FILE, async () => {
    await new Promise<void>((goOn) => waiting.push(goOn));
    return CHECKED;
  });
  const file = { path: 'package.json', name: 'package.json', bytes: 1 };
  const verb = (name: string, staffId: string) =>
    verbs.find((one) => one.name === name)!.run({}, { user: user(staffId), file });

  const [mine, theirs] = [verb('check', 'me'), verb('check', 'somebody')];
  for (const name of ['check', 'take']) {
    await expect(verb(name, 'me')).rejects.toMatchObject({ code: 'IMPORT_UNDER_WAY' });
  }
  for (const goOn of waiting.splice(0)) goOn();
  await Promise.all([mine, theirs]);

  const later = verb('take', 'me');
  waiting[0]!();
  expect(await later).toEqual(CHECKED);
});
