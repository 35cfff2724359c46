import { createHash } from 'node:crypto';
import { DAYS, later } from '../../src/kernel/clock.js';
import { newId, newToken } from '../../src/kernel/ids.js';
import { Account } from '../../src/modules/passport/account.entity.js';
import { Session } from '../../src/modules/passport/session.entity.js';
import { AgreementAcceptance, StudentRecord } from '../../src/modules/qualification/index.js';
import { Registration } from '../../src/modules/registration/index.js';
import { Agreement, type Campus } from '../../src/modules/sitting/index.js';
import { anyPhone } from './passport.js';
import { TestCandidate, type World } from './world.js';

let students = 0;

/**
 * Many registered candidates of a campus, or of several in turn, each signed in for a month, straight into the tables:
 * for races, where how they came there is not the story.
 */
export async function crowd(
  world: World,
  { campus, size }: { campus: Campus | readonly Campus[]; size: number },
): Promise<TestCandidate[]> {
  const sitting = await world.sitting();
  const now = world.clock.now();
  const campuses = [campus].flat();
  const members = Array.from({ length: size }, (_, i) => {
    const { provinceCode, schoolCode, code: campusCode } = campuses[i % campuses.length]!;
    const n = ++students;
    const record: StudentRecord = {
      id: newId(),
      sittingId: sitting.id,
      details: {
        provinceCode,
        schoolCode,
        campusCode,
        documentType: 'PASSPORT',
        documentNumber: `C${String(n).padStart(8, '0')}`,
        name: `众考生${n}`,
        gender: 'MALE',
        educationLevel: 'UNDERGRADUATE',
        duration: '4',
        entryYear: 2024,
        grade: '2024',
        college: null,
        major: null,
        className: null,
        studentNumber: null,
        remark: null,
      },
      phone: null,
    };
    return { accountId: newId(), token: newToken(), phone: anyPhone(), record };
  });
  await world.unitOfWork.run(async (tx) => {
    const { version } = await tx.manager.findOneOrFail(Agreement, { where: {}, order: { version: 'DESC' } });
    await tx.manager.insert(
      StudentRecord,
      members.map(({ record }) => record),
    );
    await tx.manager.insert(
      Account,
      members.map(({ accountId, phone }) => ({
        id: accountId,
        phone,
        passwordHash: 'of no password',
        passwordMustChange: false,
        createdAt: now,
      })),
    );
    await tx.manager.insert(
      Session,
      members.map(({ accountId, token }) => ({
        id: newId(),
        accountId,
        tokenHash: createHash('sha256').update(token).digest('hex'),
        createdAt: now,
        expiresAt: later(now, 30 * DAYS),
      })),
    );
    await tx.manager.insert(
      AgreementAcceptance,
      members.map(({ accountId }) => ({ accountId, version, acceptedAt: now })),
    );
    await tx.manager.insert(
      Registration,
      members.map(({ accountId, record }) => ({
        id: newId(),
        sittingId: sitting.id,
        accountId,
        recordId: record.id,
        state: 'ACTIVE' as const,
        details: record.details,
        levelsHeld: 0,
        levelsHeldSince: now,
        createdAt: now,
        deletedAt: null,
        deletedBecause: null,
      })),
    );
  });
  return members.map(
    ({ accountId, token, phone, record }) => new TestCandidate(world, accountId, token, phone, record),
  );
}
