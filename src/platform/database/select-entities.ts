import type { EntityManager, ObjectLiteral } from 'typeorm';

/** Entities by the aliases that `FROM` gives their tables. */
type ByAlias = Readonly<Record<string, new () => ObjectLiteral>>;

type Row<Selected extends ByAlias> = { [Alias in keyof Selected]: InstanceType<Selected[Alias]> };

/**
 * Reads entities by plain SQL, each row one of every alias in `selected`; where an outer join finds nothing, all of its
 * properties are null. For what everybody asks in a rush: TypeORM's builder then takes longer than the database.
 * @param from  `FROM registration JOIN sitting ON … WHERE …`
 */
export async function selectEntities<Selected extends ByAlias>(
  manager: EntityManager,
  selected: Selected,
  from: string,
  parameters: readonly unknown[],
): Promise<Row<Selected>[]> {
  const { driver } = manager.connection;
  const parts = Object.entries(selected).map(([alias, entity]) => {
    const metadata = manager.connection.getMetadata(entity);
    const columns = metadata.columns.map((column) => ({ column, label: `${alias}.${column.databaseName}` }));
    return { alias, metadata, columns };
  });
  const labels = parts.flatMap(({ alias, columns }) =>
    columns.map(
      ({ column, label }) => `${alias}.${driver.escape(column.databaseName)} AS ${driver.escape(label)}`,
    ),
  );
  const rows = await manager.query<Record<string, unknown>[]>(`SELECT ${labels} ${from}`, [...parameters]);
  return rows.map((row) => {
    const found = parts.map(({ alias, metadata, columns }) => {
      const entity = metadata.create();
      for (const { column, label } of columns)
        column.setEntityValue(entity, driver.prepareHydratedValue(row[label], column));
      return [alias, entity];
    });
    return Object.fromEntries(found) as Row<Selected>;
  });
}

/** `?, ?, ?`: so many parameters of `IN (…)`. */
export function placeholders(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
