/** Where the list of the rows that a number counts is: a noun with these filters set. */
export function rowsBehind(noun: string, filters: Readonly<Record<string, string>>): string {
  const query = Object.entries(filters).map(
    ([name, value]) => `filters.${name}=${encodeURIComponent(value)}`,
  );
  return `/admin/resources/${noun}?${query.join('&')}`;
}
