import { readFileSync } from 'node:fs';
import { DEMO_STUDENTS } from '../../src/demo/students.js';
import { CET4_RESULT_COLUMNS } from '../../src/modules/qualification/import-cet4-results.use-case.js';
import { SUBJECT_LIST_COLUMNS } from '../../src/modules/qualification/import-subject-lists.use-case.js';
import { SUBJECT_RULE_COLUMNS } from '../../src/modules/qualification/import-subject-rules.use-case.js';
import { ROSTER_COLUMNS } from '../../src/modules/qualification/roster.columns.js';
import { CAMPUS_COLUMNS } from '../../src/modules/sitting/import-campuses.use-case.js';
import { SCHOOL_COLUMNS } from '../../src/modules/sitting/import-schools.use-case.js';
import { VENUE_COLUMNS } from '../../src/modules/sitting/venue.columns.js';
import type { Columns } from '../../src/platform/import/column.js';
import { Fault } from '../../src/platform/import/fault.js';

const doc = readFileSync('docs/import-files.md', 'utf8');

it.each<[string, Columns]>([
  ['schools', SCHOOL_COLUMNS],
  ['campuses', CAMPUS_COLUMNS],
  ['venues', VENUE_COLUMNS],
  ['subject-rules', SUBJECT_RULE_COLUMNS],
  ['subject-lists', SUBJECT_LIST_COLUMNS],
  ['roster', ROSTER_COLUMNS],
  ['cet4-results', CET4_RESULT_COLUMNS],
])(
  'docs/import-files.md describes %s: its columns, which are required, and an example that is accepted',
  (kind, columns) => {
    const section = doc.split(`\n## ${kind} ·`)[1]!.split('\n## ')[0]!;
    const rows = section
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| 列名'))
      .map((line) => line.split('|').map((cell) => cell.trim().replace(/^`|`$/g, '')));
    expect(rows.map(([, zh, en, required]) => [zh, en, required === '是'])).toEqual(
      Object.values(columns).map((column) => [column.zh, column.en, column.required]),
    );
    const examples = rows.map((row) => row[5]!);
    for (const [i, column] of Object.values(columns).entries()) {
      expect(column.read(examples[i]!)).not.toBeInstanceOf(Fault);
    }
  },
);

it('the README names the students of the demonstration', () => {
  const readme = readFileSync('README.md', 'utf8');
  for (const { documentNumber, name } of DEMO_STUDENTS) {
    expect(readme).toContain(documentNumber);
    expect(readme).toContain(name);
  }
});
