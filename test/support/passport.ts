import { createHash } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import type { DocumentType } from '../../src/kernel/words.js';
import { ListOutbox } from '../../src/modules/notification/index.js';
import { NO_DOCUMENT_LOGIN } from '../../src/modules/passport/account.entity.js';
import { AccountRepository } from '../../src/modules/passport/index.js';
import { NO_PROFILE } from '../../src/modules/passport/profile.js';
import { SessionRepository } from '../../src/modules/passport/session.repository.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';

const PASSPORT = '/api/v1/passport';
export const PASSWORD = 'correct-horse';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The solution of a human check, as the ALTCHA widget would send it. */
export function solve(posed: {
  algorithm: string;
  challenge: string;
  maxnumber: number;
  salt: string;
  signature: string;
}): string {
  const { algorithm, challenge, maxnumber, salt, signature } = posed;
  for (let number = 0; number <= maxnumber; number++) {
    if (sha256(salt + number) !== challenge) continue;
    return Buffer.from(JSON.stringify({ algorithm, challenge, number, salt, signature })).toString('base64');
  }
  throw new Error('The challenge has no solution.');
}

/** A fresh human check, solved. */
export async function solvedChallenge(app: INestApplication): Promise<string> {
  const answer = await request(app.getHttpServer()).post(`${PASSPORT}/challenges`).expect(201);
  return solve(answer.body);
}

/** The newest code somebody was sent. */
export async function newestCode(app: INestApplication, recipient: string): Promise<string> {
  const messages = await app.get(ListOutbox, { strict: false }).execute({ recipient });
  const code = messages.map(({ body }) => /\d{6}/.exec(body)?.[0]).find((digits) => digits !== undefined);
  if (!code) throw new Error('No code was sent there.');
  return code;
}

/** Asks for a code and reads it from the outbox. */
export async function obtainCode(
  app: INestApplication,
  { channel = 'SMS', target, purpose }: { channel?: 'SMS' | 'EMAIL'; target: string; purpose: string },
): Promise<string> {
  const challenge = await solvedChallenge(app);
  await request(app.getHttpServer())
    .post(`${PASSPORT}/codes`)
    .send({ channel, target, purpose, challenge })
    .expect(202);
  return newestCode(app, target);
}

/** Registers by phone over HTTP, code and all. */
export async function registerByPhone(app: INestApplication, phone: string, password = PASSWORD) {
  const code = await obtainCode(app, { target: phone, purpose: 'REGISTER' });
  const challenge = await solvedChallenge(app);
  const answer = await request(app.getHttpServer())
    .post(`${PASSPORT}/accounts`)
    .send({ phone, code, password, passwordConfirmation: password, challenge })
    .expect(201);
  return answer.body as { id: string };
}

/** Signs in over HTTP and gives the token. */
export async function signIn(app: INestApplication, login: string, password = PASSWORD): Promise<string> {
  const challenge = await solvedChallenge(app);
  const answer = await request(app.getHttpServer())
    .post(`${PASSPORT}/sessions`)
    .send({ login, password, challenge })
    .expect(201);
  return answer.body.token as string;
}

/** Well-formed, and of no password. */
const NOBODYS_HASH = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

let phones = 0;
/** A mobile number nobody has had in this process. */
export function anyPhone(): string {
  return `139${String(++phones).padStart(8, '0')}`;
}

/**
 * An account with a session, straight into the database, for stories that begin after sign-in. By default it has a
 * bound phone and may register; it has no password anybody could type.
 */
export function openAccount(
  app: INestApplication,
  facts: {
    phone?: string | null;
    email?: string;
    passwordMustChange?: boolean;
    loginDocumentNumber?: string;
    passwordHash?: string;
    profile?: { documentType: DocumentType; documentNumber: string; name: string };
  } = {},
): Promise<{ accountId: string; token: string; phone: string | null }> {
  const accounts = app.get(AccountRepository, { strict: false });
  const sessions = app.get(SessionRepository, { strict: false });
  const phone = facts.phone === undefined ? anyPhone() : facts.phone;
  return app.get(UnitOfWork, { strict: false }).run(async (tx) => {
    const accountId = newId();
    const added = await accounts.add(tx, {
      id: accountId,
      email: facts.email ?? null,
      emailVerifiedAt: facts.email ? tx.now : null,
      phone,
      phoneBoundAt: phone === null ? null : tx.now,
      ...NO_DOCUMENT_LOGIN,
      loginDocumentNumber: facts.loginDocumentNumber ?? null,
      openedBySchoolCode: null,
      passwordHash: facts.passwordHash ?? NOBODYS_HASH,
      passwordMustChange: facts.passwordMustChange ?? false,
      passwordChosenAt: facts.passwordMustChange ? null : tx.now,
      resetAt: null,
      ...(facts.profile
        ? {
            profileDocumentType: facts.profile.documentType,
            profileDocumentNumber: facts.profile.documentNumber,
            profileName: facts.profile.name,
          }
        : NO_PROFILE),
      createdAt: tx.now,
    });
    if (!added) throw new Error('The phone or the e-mail address is in use.');
    const { token } = await sessions.open(tx, { accountId });
    return { accountId, token, phone };
  });
}
