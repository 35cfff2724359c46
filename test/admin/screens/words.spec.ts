import {
  AUDIT_ACTIONS,
  AUDIT_FACTS,
  AUDIT_VALUES,
  EXPORTED,
} from '../../../src/admin/screens/audit-words.js';
import { MESSAGE_TEMPLATES } from '../../../src/admin/screens/messages.js';
import { DOCUMENT_TYPES, EDUCATION_LEVELS, GENDERS } from '../../../src/kernel/words.js';
import { sourceFiles } from '../../architecture/source-files.js';
import { PROJECT } from '../../architecture/violations.js';

/** Every text of this form in the sources, once. */
async function written(pattern: RegExp): Promise<string[]> {
  const files = await sourceFiles(PROJECT);
  const found = files.flatMap(({ code }) => [...code.matchAll(pattern)].flatMap(([, ...words]) => words));
  return [...new Set(found.filter((word) => word !== undefined))].sort();
}

describe('The back office has Chinese words', () => {
  it('for everything that leaves a line in the audit trail, and for nothing that does not', async () => {
    const actions = await written(
      /(?:action|added|edited): (?:\w+ \? '([a-z0-9.-]+)' : )?'([a-z0-9-]+\.[a-z-]+)'/g,
    );
    expect(actions.length).toBeGreaterThan(30);
    expect(actions.filter((action) => !(action in AUDIT_ACTIONS))).toEqual([]);
    expect(Object.keys(AUDIT_ACTIONS).filter((action) => !actions.includes(action))).toEqual([]);
  });

  it('for every list that can be taken away, as the list is called', async () => {
    const screens = (await sourceFiles(PROJECT)).filter(({ path }) => path.startsWith('src/admin/screens/'));
    const exported = screens
      .filter(({ code }) => /readonly exported = /.test(code))
      .map(({ code }) => [
        /readonly id = '([^']+)'/.exec(code)?.[1],
        /readonly name = '([^']+)'/.exec(code)?.[1],
      ]);
    expect(exported.length).toBeGreaterThan(10);
    expect(Object.entries(EXPORTED).sort()).toEqual(exported.sort());
  });

  it('for every fact that a use-case leaves in the audit trail', async () => {
    const rows = [
      'sitting/sitting',
      'sitting/school',
      'sitting/venue',
      'sitting/notice',
      'qualification/subject-rule',
      'qualification/subject-list-line',
      'qualification/cet4-result',
    ].map((row) => `src/modules/${row}.entity.ts`);
    const facts = new Set<string>();
    for (const { path, code } of await sourceFiles(PROJECT)) {
      if (rows.includes(path)) for (const [, fact] of code.matchAll(/^ {2}(\w+): /gm)) facts.add(fact!);
      if (!/audit(Trail)?\.record/.test(code)) continue;
      for (const [, inside] of code.matchAll(/\b(?:before|after): \{([^{}]*)\}/g))
        for (const [, fact] of inside!.matchAll(/(?:^|,)\s*(\w+)\s*(?=[:,]|$)/g)) facts.add(fact!);
    }
    expect(facts.size).toBeGreaterThan(50);
    expect([...facts].filter((fact) => !(fact in AUDIT_FACTS)).sort()).toEqual([]);
  });

  it('for every word that stands in such a fact', async () => {
    const audited = /\/(collective-registration|payment-batch|cet6-review|outbox-message)\.machine\.ts$/;
    const machines = (await sourceFiles(PROJECT))
      .filter(({ path }) => audited.test(path))
      .flatMap(({ code }) => [...code.matchAll(/^ {2}([A-Z_]+): \[/gm)].map(([, state]) => state!));
    const unions = (await sourceFiles(PROJECT)).flatMap(({ code }) =>
      [
        ...code.matchAll(/^export type (?:Admits|OralNeedsWritten|NoticeIssuer|StaffRole) =([^;]+);/gm),
      ].flatMap(([, union]) => union!.match(/[A-Z_]{2,}/g) ?? []),
    );
    const words = [
      ...machines,
      ...unions,
      ...Object.keys({ ...DOCUMENT_TYPES, ...GENDERS, ...EDUCATION_LEVELS }),
    ];
    expect(words.length).toBeGreaterThan(30);
    expect([...new Set(words)].filter((word) => !(word in AUDIT_VALUES)).sort()).toEqual([]);
  });

  it('for what every message is about', async () => {
    const templates = await written(/(?:template: |TEMPLATE = )'([a-z0-9.-]+)'/g);
    expect(Object.keys(MESSAGE_TEMPLATES).sort()).toEqual(templates);
  });
});
