import { createHash } from 'node:crypto';
import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Clock, later, MINUTES } from '../../kernel/clock.js';
import { Config } from '../config.js';
import { isUniqueViolation } from '../database/dialect.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { IDEMPOTENCY_KEY_REUSED, REQUEST_IN_PROGRESS } from './refusals.js';
import { Refuses } from './refuses.js';
import { SecretBox } from './secret-box.js';
import { sessionToken } from './session-token.js';
import { StoredAnswer } from './stored-answer.entity.js';

/** After this long without an answer the first request is taken to have died. */
const ABANDONED_MS = 1 * MINUTES;

/**
 * `Idempotency-Key`: the same key and body give the same answer, once. Only successes are kept: a refusal changed
 * nothing, so asking again is the right thing to do. A key is its session's; strangers' keys do not meet, and what one of
 * them got is had again by sending the same once more, from whichever address.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || key.length === 0) return next.handle();
    return from(this.once(request, context.switchToHttp().getResponse<Response>(), key, next));
  }

  private async once(request: Request, response: Response, key: string, next: CallHandler): Promise<unknown> {
    const body = this.secrets.hash('stored-answer', JSON.stringify(request.body ?? null));
    // who has not signed in is whoever knows all that was sent: of their bodies each has a solved human check of its own
    const who = sessionToken(request, this.config)?.token ?? `anonymous ${body}`;
    const id = sha256([who, request.method, request.path, key].join('\n'));

    const stored = await this.reserve(id, body);
    if (stored) {
      if (stored.request !== body) throw IDEMPOTENCY_KEY_REUSED();
      if (stored.answer === null) throw REQUEST_IN_PROGRESS({ retryAfterSeconds: 1 });
      response.status(stored.status!);
      return JSON.parse(this.secrets.open('stored-answer', stored.answer));
    }
    try {
      const answer: unknown = await lastValueFrom(next.handle());
      const sealed = this.secrets.seal('stored-answer', JSON.stringify(answer ?? null));
      await this.unitOfWork.run((tx) =>
        tx.manager.update(StoredAnswer, { id }, { status: response.statusCode, answer: sealed }),
      );
      return answer;
    } catch (error) {
      await this.unitOfWork.run((tx) => tx.manager.delete(StoredAnswer, { id }));
      throw error;
    }
  }

  /** Takes the key for this request, or gives the row that has it already. */
  private async reserve(id: string, request: string): Promise<StoredAnswer | undefined> {
    try {
      await this.unitOfWork.run(async (tx) => {
        await tx.manager
          .createQueryBuilder()
          .delete()
          .from(StoredAnswer)
          .where('id = :id AND answer IS NULL AND createdAt < :abandoned', {
            id,
            abandoned: later(this.clock.now(), -ABANDONED_MS),
          })
          .execute();
        await tx.manager.insert(StoredAnswer, { id, request, status: null, answer: null, createdAt: tx.now });
      });
      return undefined;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const { manager } = this.unitOfWork.read();
      return (await manager.findOneBy(StoredAnswer, { id })) ?? undefined;
    }
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A `POST` that creates: takes an optional `Idempotency-Key`. */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The same key and body give the same answer, once.',
    }),
    Refuses(IDEMPOTENCY_KEY_REUSED, REQUEST_IN_PROGRESS),
  );
}
