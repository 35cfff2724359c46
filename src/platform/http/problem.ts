import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Bilingual, DomainError } from '../../kernel/domain-error.js';

/** One invalid field. */
export class FieldProblem {
  @ApiProperty({ description: 'Path of the field in the body, e.g. `profile.name`' })
  field: string;
  @ApiProperty({ description: 'What is wrong with it, e.g. `REQUIRED`, `TOO_LONG`, `NOT_IN_LIST`' })
  code: string;
  @ApiProperty({ description: 'The same as a sentence, in the language asked for' })
  message: string;
}

/** `application/problem+json` (RFC 9457). Every refusal leaves everything as it was. */
export class Problem {
  @ApiProperty({ description: 'Where the code is described', example: '/api/docs#SEATS_FULL' })
  type: string;
  @ApiProperty({ description: 'Short title; Chinese, English on `Accept-Language: en`' })
  title: string;
  @ApiProperty({ description: 'The HTTP status' })
  status: number;
  @ApiProperty({ description: 'Stable code, one for each rule', example: 'SEATS_FULL' })
  code: string;
  @ApiProperty({ description: 'A sentence the candidate can act on' })
  detail: string;
  @ApiProperty({ description: 'The invalid fields, on 422', type: [FieldProblem], required: false })
  errors?: FieldProblem[];
  @ApiPropertyOptional({
    description:
      'With `CHALLENGE_TOO_EASY`: a human check of the price asked for now, as POST /passport/challenges poses it',
    type: Object,
  })
  challenge?: object;
}

/** Chinese unless the client prefers English. */
export function languageOf(request: Request): keyof Bilingual {
  return request.acceptsLanguages(['zh', 'zh-CN', 'en']) === 'en' ? 'en' : 'zh';
}

/** Answers with the refusal. */
export function sendProblem(
  request: Request,
  response: Response,
  error: DomainError,
  errors?: readonly { field: string; code: string; message: Bilingual }[],
): void {
  const language = languageOf(request);
  const { definition, facts } = error;
  const field = facts.field ?? definition.field;
  const fieldProblems =
    errors?.map((e) => ({ ...e, message: e.message[language] })) ??
    (field ? [{ field, code: definition.code, message: error.detail(language) }] : undefined);
  const problem: Problem = {
    type: `/api/docs#${definition.code}`,
    title: definition.title[language],
    status: definition.status,
    code: definition.code,
    detail: error.detail(language),
    ...(fieldProblems ? { errors: fieldProblems } : {}),
    ...facts.members,
  };
  if (facts.retryAfterSeconds !== undefined)
    response.setHeader('Retry-After', String(facts.retryAfterSeconds));
  response.status(definition.status).type('application/problem+json').send(JSON.stringify(problem));
}
