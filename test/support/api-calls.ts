import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** A schema as far as our own documents use the language. */
export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  type?: string;
  format?: string;
  description?: string;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  example?: unknown;
}

interface Operation {
  summary?: string;
  parameters?: { name: string; in: string; description?: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

/** One path and method of the API's document. */
export interface ApiCall {
  method: string;
  /** As the document has it: `/api/v1/written/enrolments/{id}`. */
  path: string;
  /** `PUT /api/v1/written/enrolments/{id}` */
  name: string;
  operation: Operation;
  /** The JSON it takes. */
  body?: Schema;
  /** The codes it lists, by status. */
  codes: Map<number, string[]>;
}

export function documentOf(app: INestApplication): OpenAPIObject {
  return SwaggerModule.createDocument(app, new DocumentBuilder().build());
}

/** Paths without parameters first, so that the first match is the right one. */
export function callsOf(document: OpenAPIObject): ApiCall[] {
  const parameters = (path: string) => path.split('{').length;
  return Object.entries(document.paths)
    .sort(([a], [b]) => parameters(a) - parameters(b))
    .flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        name: `${method.toUpperCase()} ${path}`,
        operation,
        body: operation.requestBody?.content['application/json']?.schema,
        codes: codesOf(operation),
      })),
    );
}

/** Which call of the document a request is for. */
export function callFor(
  calls: readonly ApiCall[],
  request: { method: string; path: string },
): ApiCall | undefined {
  return calls.find(({ method, path }) => method === request.method && matches(path, request.path));
}

/** The schema itself, wherever the document keeps it. */
export function resolved(document: OpenAPIObject, schema: Schema): Schema {
  if (schema.allOf?.length === 1) return resolved(document, schema.allOf[0]!);
  const name = schema.$ref?.split('/').at(-1);
  return name ? (document.components!.schemas![name] as Schema) : schema;
}

function codesOf({ responses }: Operation): Map<number, string[]> {
  const codes = new Map<number, string[]>();
  for (const [status, { content }] of Object.entries(responses)) {
    const listed = content?.['application/problem+json']?.schema?.properties?.code?.enum as string[];
    if (listed) codes.set(Number(status), listed);
  }
  return codes;
}

function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length && wanted.every((part, i) => part.startsWith('{') || part === given[i])
  );
}
