import { DefaultNamingStrategy } from 'typeorm';

/** `payBy` in code is `pay_by` in the database. */
export class SnakeCase extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string, prefixes: string[]): string {
    return [...prefixes, customName || snake(propertyName)].join('_');
  }
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
