import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { filesBelow } from './violations.js';

/** A file of `src`, by its path from the top of the tree. */
export interface SourceFile {
  path: string;
  /** Without comments, which may speak of what code may not do. */
  code: string;
}

export async function sourceFiles(tree: string): Promise<SourceFile[]> {
  const paths = (await filesBelow(join(tree, '/'))).filter((path) => path.startsWith('src/'));
  return Promise.all(
    paths.map(async (path) => ({ path, code: withoutComments(await readFile(join(tree, path), 'utf8')) })),
  );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** `export const NAME = refusal('CODE', status, { zh, en }, { zh, en })`, as it stands in a file. */
export interface WrittenRefusal {
  path: string;
  constant: string;
  code: string;
  texts: { zh: string; en: string }[];
}

/** Every refusal of the files. A text that is not written out there and then is read as empty, and so is a fault. */
export function writtenRefusals(files: readonly SourceFile[]): WrittenRefusal[] {
  return files.filter(({ code }) => code.includes('refusal(')).flatMap(refusalsOf);
}

function refusalsOf({ path, code: source }: SourceFile): WrittenRefusal[] {
  const found: WrittenRefusal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer && ts.isCallExpression(node.initializer)) {
      const { expression, arguments: given } = node.initializer;
      const [code, , title, detail] = given;
      if (expression.getText() === 'refusal' && code && title && detail) {
        const texts = [title, detail].map((text) => ({ zh: property(text, 'zh'), en: property(text, 'en') }));
        found.push({ path, constant: node.name.getText(), code: writtenText(code), texts });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, source, ts.ScriptTarget.ESNext, true));
  return found;
}

function property(object: ts.Expression, name: string): string {
  if (!ts.isObjectLiteralExpression(object)) return '';
  const found = object.properties.find((member) => member.name?.getText() === name);
  return found && ts.isPropertyAssignment(found) ? writtenText(found.initializer) : '';
}

function writtenText(expression: ts.Expression): string {
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isBinaryExpression(expression)) return writtenText(expression.left) + writtenText(expression.right);
  return '';
}
