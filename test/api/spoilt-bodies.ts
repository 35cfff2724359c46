import type { OpenAPIObject } from '@nestjs/swagger';
import { resolved, type Schema } from '../support/api-calls.js';

/** A body with one thing wrong with it. */
export interface SpoiltBody {
  what: string;
  body: unknown;
  /** Path of the field at fault. */
  field: string;
  /** What the field is told. */
  code: RegExp;
}

type Json = Record<string, unknown>;

/** A body the door lets in, from the document alone. */
export function goodBody(document: OpenAPIObject, schema: Schema): Json {
  const { properties = {} } = resolved(document, schema);
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, goodValue(document, property)]),
  );
}

function goodValue(document: OpenAPIObject, property: Schema): unknown {
  const schema = resolved(document, property);
  if (schema.enum) return schema.enum[0];
  if (schema.properties) return goodBody(document, schema);
  if (schema.type === 'array') return ['0193'];
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer') return schema.minimum;
  return schema.example ?? 'x'.repeat(Math.max(6, schema.minLength ?? 0));
}

/** Every way to spoil one field of the schema, and one field too many. */
export function spoiltBodies(document: OpenAPIObject, schema: Schema): SpoiltBody[] {
  const good = goodBody(document, schema);
  return spoiltFields(document, schema, good).map(({ value, ...rest }) => ({ ...rest, body: value }));
}

type Spoilt = Omit<SpoiltBody, 'body'> & { value: Json };

function spoiltFields(document: OpenAPIObject, schema: Schema, good: Json): Spoilt[] {
  const { properties = {}, required = [] } = resolved(document, schema);
  const found: Spoilt[] = [
    { what: 'an unknown field', field: 'isAdmin', code: /UNKNOWN_FIELD/, value: { ...good, isAdmin: true } },
  ];
  for (const [name, reference] of Object.entries(properties)) {
    const property = resolved(document, reference);
    const isRequired = required.includes(name);
    const add = (what: string, code: RegExp, value: unknown, field = name) =>
      found.push({ what: `${name}: ${what}`, field, code, value: { ...good, [name]: value } });
    if (isRequired) add('missing', /REQUIRED/, undefined);
    add('null', isRequired ? /REQUIRED/ : /WRONG_TYPE/, null);
    for (const [what, code, value] of wrongValues(property)) add(what, code, value);
    if (property.properties) {
      for (const inner of spoiltFields(document, property, good[name] as Json)) {
        add(inner.what, inner.code, inner.value, `${name}.${inner.field}`);
      }
    }
  }
  return found;
}

function wrongValues(property: Schema): [string, RegExp, unknown][] {
  const wrong: [string, RegExp, unknown][] = [];
  const add = (what: string, code: RegExp, value: unknown) => wrong.push([what, code, value]);
  if (property.enum) {
    for (const value of [1, true, {}, [], 'x'.repeat(5000), '', 'toString'])
      add(`${JSON.stringify(value).slice(0, 9)} for a choice`, /NOT_IN_LIST/, value);
  } else if (property.properties) {
    for (const value of [1, true, 'text']) add(`${value} for an object`, /WRONG_TYPE/, value);
    add('a list for an object', /WRONG_TYPE/, []);
    add('a list of objects for an object', /WRONG_TYPE/, [{}]);
  } else if (property.type === 'array') {
    for (const value of [1, true, 'text', {}]) add(`${value} for a list`, /WRONG_TYPE/, value);
    add('a list of the wrong things', /WRONG_TYPE/, [{}]);
    add('an empty list', /TOO_FEW/, []);
    add(
      'too long a list',
      /TOO_MANY/,
      Array.from({ length: property.maxItems! + 1 }, (_, i) => `${i}`),
    );
    add('the same twice', /REPEATED/, ['1', '1']);
    add('over-long text in a list', /TOO_LONG/, ['x'.repeat(5000)]);
    add('half a character in a list', /MALFORMED/, ['x\ud840']);
  } else if (property.type === 'integer') {
    for (const value of ['1', true, {}, [], 1.5])
      add(`${JSON.stringify(value)} for a number`, /WRONG_TYPE/, value);
    add('too small', /TOO_SMALL/, property.minimum! - 1);
    add('too large', /TOO_LARGE/, property.maximum! + 1);
  } else if (property.type === 'boolean') {
    for (const value of ['true', 1, {}, []]) add(`${JSON.stringify(value)} for a tick`, /WRONG_TYPE/, value);
  } else {
    for (const value of [1, true, {}, ['text'], { a: { b: {} } }])
      add(`${JSON.stringify(value)} for text`, /WRONG_TYPE/, value);
    add('over-long text', /TOO_LONG/, 'x'.repeat(property.maxLength! + 1));
    const rest = 'x'.repeat(Math.max(property.minLength ?? 1, 2) - 1);
    add('a zero byte in text', /MALFORMED/, `${rest}\u0000`);
    add('half a character in text', /MALFORMED/, `${rest}\ud840`);
  }
  return wrong;
}
