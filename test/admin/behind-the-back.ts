import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { AnyNoun } from '../../src/admin/panel/panel-contents.js';
import type { World } from '../support/world.js';

/** Names of what a change would make another row of, or no possible one: whose it is, what kind it is of. */
const KEPT =
  /(Id|Code|By|Type|Hash)$|^(state|kind|list|role|level|template|channel|gender|issuer|admits|ticketPrinting)$/;

const DAY = 86_400_000;

/** Another value that the column takes; undefined for those that are better left alone. */
function anotherValue(column: ColumnMetadata, value: unknown): unknown {
  if (column.isPrimary || column.isGenerated || column.generatedType || KEPT.test(column.propertyName))
    return undefined;
  if (value instanceof Date) return new Date(value.getTime() + DAY);
  if (typeof value === 'number') return value + 1;
  if (column.type === 'simple-json') return ['另一'];
  if (typeof value === 'string') return `${value.slice(0, -1)}改`;
  return undefined;
}

/**
 * Changes something that is shown of a row, as somebody else would meanwhile, whatever noun it is of: a column at which
 * `version`, what a form says of the row, becomes another one. Gives what puts it back.
 */
export async function changeBehindTheBack(
  world: World,
  noun: AnyNoun,
  id: string,
  version: () => Promise<string | undefined>,
): Promise<{ again(): Promise<void>; undo(): Promise<void> }> {
  const { manager } = world.dataSource;
  const metadata = world.dataSource.getMetadata(noun.entity);
  const key = { [noun.key ?? 'id']: id };
  const row = await manager.findOneByOrFail(noun.entity, key);
  const before = await version();
  for (const column of metadata.columns) {
    const old = column.getEntityValue(row);
    const other = anotherValue(column, old);
    if (other === undefined) continue;
    const set = (value: unknown) =>
      world.unitOfWork.run(async (tx) => {
        await tx.manager.update(noun.entity, key, column.createValueMap(value));
      });
    await set(other);
    const after = await version();
    await set(old);
    if (after !== undefined && after !== before) return { again: () => set(other), undo: () => set(old) };
  }
  throw new Error(`Nothing that is shown of ${noun.id} could be changed.`);
}

interface Form {
  readonly fields: readonly {
    name: string;
    kind: string;
    required?: boolean;
    placeholder?: string;
    choices?: { value: string }[];
  }[];
  readonly values: Readonly<Record<string, unknown>>;
}

/** What somebody might fill in, so that nothing but what was shown is wrong with it. */
export function filledIn({ fields, values }: Form): Record<string, unknown> {
  const by: Record<string, (choices: { value: string }[]) => unknown> = {
    CHOICE: (choices) => choices[0]?.value,
    CHOICES: (choices) => [choices[0]?.value],
    NUMBER: () => 30,
    YUAN: () => '30.00',
  };
  const given = fields.flatMap(({ name, kind, required, placeholder = '另有说明', choices = [] }) => {
    const value = values[name] ?? (required ? (by[kind]?.(choices) ?? placeholder) : undefined);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(given);
}
