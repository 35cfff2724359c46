import type { Logger } from 'typeorm';

/** Counts the SQL statements of a piece of work. */
export class StatementCounter implements Logger {
  private seen: string[] = [];

  async during<T>(work: () => Promise<T>): Promise<{ result: T; counted: string[] }> {
    this.seen = [];
    const result = await work();
    return { result, counted: [...this.seen] };
  }

  logQuery(query: string): void {
    this.seen.push(query);
  }
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
