import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { languageOf } from './problem.js';

/** The language of the answer: Chinese, English on `Accept-Language: en`. */
export const Language = createParamDecorator((_: unknown, context: ExecutionContext) =>
  languageOf(context.switchToHttp().getRequest<Request>()),
);
export type AnswerLanguage = 'zh' | 'en';
