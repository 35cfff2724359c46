import { type SourceFile, writtenRefusals } from './source-files.js';

/** Something no file of `src` may do; proven, like the boundaries, by a file of `violations/` that does it. */
export interface CodeRule {
  name: string;
  why: string;
  /** The paths of the files that break it. */
  breakers(files: readonly SourceFile[]): string[];
}

const containing = (what: RegExp, where: { in: RegExp; except?: RegExp }) => (files: readonly SourceFile[]) =>
  files
    .filter(({ path }) => where.in.test(path) && !where.except?.test(path))
    .filter(({ code }) => what.test(code))
    .map(({ path }) => path);

const HAN = /\p{Script=Han}/u;
const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join();

export const codeRules: readonly CodeRule[] = [
  {
    name: 'time-is-handed-in',
    why: 'One unit of work reads the clock once, and a test can set it: only the clock asks the machine.',
    breakers: containing(/new Date\(\s*\)|Date\.now\(|performance\.now\(/, {
      in: /^src\//,
      except: /^src\/kernel\/clock\.ts$|^src\/admin\/components\//,
    }),
  },
  {
    name: 'environment-through-config',
    why: 'Settings are checked together at boot; one read elsewhere would be neither checked nor documented.',
    breakers: containing(/process\.env/, {
      in: /^src\//,
      // the entries hand the environment to Config; AdminJS can be told its folders in no other way
      except: /^src\/(platform\/config|main|cli|admin\/bundle|admin\/panel\/adminjs-environment)\.ts$/,
    }),
  },
  {
    name: 'sql-in-repositories',
    why: 'All that is asked of the database about a noun stands in one file.',
    breakers: containing(
      /\bcreateQueryBuilder\b|\bmanager\.\w+\(|['"`\s](SELECT\s.+\sFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\s/,
      { in: /^src\/modules\//, except: /\.repository\.ts$/ },
    ),
  },
  {
    name: 'doors-only-translate',
    why: 'A controller or a job calls a use-case; a rule or a transaction in it would be missing at the other doors.',
    breakers: containing(/\b(UnitOfWork|Tx|\w+Repository)\b/, { in: /\.(controller|jobs)\.ts$/ }),
  },
  {
    name: 'one-code-one-rule',
    why: 'Whoever searches for a code finds its rule: it is defined once, as a constant of the same name.',
    breakers: (files) => {
      const refusals = writtenRefusals(files);
      return refusals
        .filter(
          ({ code, constant }) =>
            code !== constant || refusals.filter((other) => other.code === code).length > 1,
        )
        .map(({ path }) => path);
    },
  },
  {
    name: 'refusals-in-both-languages',
    why: 'A candidate reads why, in Chinese or in English, with the same facts in both.',
    breakers: (files) =>
      writtenRefusals(files)
        .filter(({ texts }) =>
          texts.some(
            ({ zh, en }) =>
              !HAN.test(zh) || HAN.test(en) || !/[a-z]{2}/.test(en) || placeholders(zh) !== placeholders(en),
          ),
        )
        .map(({ path }) => path),
  },
];
