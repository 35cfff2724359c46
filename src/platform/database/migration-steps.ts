import type { QueryRunner } from 'typeorm';
import { namesInSchema } from './dialect.js';

const MADE_BY = /^\s*CREATE (?:TABLE|(?:UNIQUE )?INDEX) (\w+)/;

/**
 * Runs the statements of a migration that have not taken effect yet. MariaDB and MySQL make each table for good at
 * once, whatever becomes of the migration: one that was killed half-way is begun again at every start, and must find
 * its own tables in its way without stumbling over them. Both make a table whole or not at all.
 *
 * @param statements each makes one table or one index, whose name nothing else in the schema has
 */
export async function runWhatIsMissing(runner: QueryRunner, statements: readonly string[]): Promise<void> {
  const standing = await namesInSchema(runner.manager);
  for (const statement of statements) {
    const name = MADE_BY.exec(statement)?.[1];
    if (name === undefined) throw new Error(`This step makes neither a table nor an index: ${statement}`);
    if (!standing.has(name)) await runner.query(statement);
  }
}
