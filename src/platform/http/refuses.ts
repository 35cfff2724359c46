import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { Refusal } from '../../kernel/domain-error.js';
import { Problem } from './problem.js';

/**
 * Lists, for OpenAPI, the refusals a call can answer with. A test compares the list with what calls really answer.
 *
 * @example
 * @Refuses(SEATS_FULL, LEVEL_CONFLICT)
 */
export function Refuses(...refusals: Refusal[]): MethodDecorator & ClassDecorator {
  const byStatus = groupByStatus(refusals);
  return applyDecorators(
    ApiExtraModels(Problem),
    ...[...byStatus].map(([status, group]) =>
      ApiResponse({
        status,
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
                  enum: group.map((refusal) => refusal.definition.code),
                },
              },
            },
          },
        },
      }),
    ),
  );
}

function groupByStatus(refusals: readonly Refusal[]): Map<number, Refusal[]> {
  const groups = new Map<number, Refusal[]>();
  for (const refusal of refusals) {
    const { status } = refusal.definition;
    groups.set(status, [...(groups.get(status) ?? []), refusal]);
  }
  return groups;
}
