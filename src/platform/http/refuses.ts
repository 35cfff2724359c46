import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { Refusal } from '../../kernel/domain-error.js';
import { Problem } from './problem.js';

const LISTED = Symbol('refusals');

/**
 * Lists, for OpenAPI, the refusals a call can answer with. A test compares the list with what calls really answer.
 * Several lists add up, a guard's own and the call's; one on a controller adds to each of its calls.
 *
 * @example
 * @Refuses(SEATS_FULL, LEVEL_CONFLICT)
 */
export function Refuses(...refusals: Refusal[]): MethodDecorator & ClassDecorator {
  return (target: object, name?: string | symbol, descriptor?: PropertyDescriptor) => {
    if (name !== undefined && descriptor) return list(refusals, target, name, descriptor);
    const { prototype } = target as { prototype: object };
    for (const method of Object.getOwnPropertyNames(prototype).filter((key) => key !== 'constructor')) {
      list(refusals, prototype, method, Object.getOwnPropertyDescriptor(prototype, method)!);
    }
  };
}

function list(
  refusals: readonly Refusal[],
  target: object,
  name: string | symbol,
  call: PropertyDescriptor,
): void {
  const listed: Refusal[] = Reflect.getMetadata(LISTED, call.value) ?? [];
  const added = refusals.filter((refusal) => !listed.includes(refusal));
  const all = groupByStatus([...listed, ...added]);
  Reflect.defineMetadata(LISTED, [...listed, ...added], call.value);
  ApiExtraModels(Problem)(target, name, call);
  for (const [status, group] of groupByStatus(added)) {
    ApiResponse({
      status,
      // descriptions of one status are joined by the decorator, everything else of an earlier one is replaced
      description: group
        .map(({ definition: d }) => `\`${d.code}\` ${d.title.zh} · ${d.title.en}`)
        .join('\n\n'),
      content: {
        'application/problem+json': {
          schema: {
            allOf: [{ $ref: getSchemaPath(Problem) }],
            properties: {
              code: {
                type: 'string',
                description: 'Stable code',
                enum: all.get(status)!.map((refusal) => refusal.definition.code),
              },
            },
          },
        },
      },
    })(target, name, call);
  }
}

function groupByStatus(refusals: readonly Refusal[]): Map<number, Refusal[]> {
  const groups = new Map<number, Refusal[]>();
  for (const refusal of refusals) {
    const { status } = refusal.definition;
    groups.set(status, [...(groups.get(status) ?? []), refusal]);
  }
  return groups;
}
