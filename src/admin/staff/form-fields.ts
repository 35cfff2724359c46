/** The fields of a form outside the door, as text of bounded length; what is missing is empty. */
export function textsOf<Name extends string>(body: unknown, ...names: Name[]): Record<Name, string> {
  const given = Object(body) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 2000) : '');
  return Object.fromEntries(names.map((name) => [name, text(given[name])])) as Record<Name, string>;
}
