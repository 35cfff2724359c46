/**
 * Proves that every regular expression of `src` and `migrations` takes linear time, whatever text it meets: a text of
 * 95,000 blanks must not stop everybody. One that cannot be proven (a look-ahead, a repetition up to a hundred, a pattern
 * put together while the program runs) is written otherwise, as a loop or by `split`, `indexOf`, `trimEnd`.
 *
 * `node scripts/check-regexes.mjs [TREE]`: a line for each that fails, and 1 as exit code.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from 'recheck';
import ts from 'typescript';

const PATIENCE_MS = 10_000;
const tree = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));

const written = ['src', 'migrations'].flatMap(filesBelow).flatMap(regexesOf);
const refused = [];
for (const regex of written) {
  const why = await fault(regex);
  if (why) refused.push(`${regex.path}:${regex.line}: ${regex.text}: ${why}`);
}
for (const line of refused) console.error(line);
console.log(`${written.length} regular expressions, ${refused.length} of them not proven to be linear`);
process.exit(refused.length > 0 ? 1 : 0);

function filesBelow(folder) {
  return readdirSync(join(tree, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(tree.length + 1))
    .sort();
}

/** Every regular expression that a file writes down or makes, by its source and flags; without, if only a run can tell. */
function regexesOf(path) {
  const file = ts.createSourceFile(
    path,
    readFileSync(join(tree, path), 'utf8'),
    ts.ScriptTarget.ESNext,
    true,
  );
  const found = [];
  const note = (node, source, flags) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ path, line, text: node.getText(), source, flags });
  };
  const visit = (node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      note(node, node.text.slice(1, end), node.text.slice(end + 1));
    } else if (makesOne(node)) {
      const [source, flags] = node.arguments ?? [];
      const known = [source, flags].every((part) => part === undefined || ts.isStringLiteralLike(part));
      if (known && source) note(node, source.text, flags?.text ?? '');
      else note(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** `new RegExp(…)` and `RegExp(…)`; and `match`, `matchAll` and `search` of a text, which make one of it. */
function makesOne(node) {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
  const { expression } = node;
  if (ts.isIdentifier(expression)) return expression.text === 'RegExp';
  return (
    ts.isPropertyAccessExpression(expression) &&
    ['match', 'matchAll', 'search'].includes(expression.name.text) &&
    node.arguments?.length === 1 &&
    (ts.isStringLiteralLike(node.arguments[0]) || ts.isTemplateExpression(node.arguments[0]))
  );
}

/** Why a regular expression is refused; undefined if it is linear. */
async function fault({ source, flags }) {
  if (source === undefined) return 'made while the program runs, so nobody can tell';
  const { status, complexity, attack, error } = await check(source, flags, {
    checker: 'automaton',
    timeout: PATIENCE_MS,
  });
  if (status === 'safe') return undefined;
  if (status === 'vulnerable') return `${complexity.summary}, as on ${attack.pattern}`;
  return `cannot be proven (${error.message ?? error.kind})`;
}
