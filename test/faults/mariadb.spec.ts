import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { SECONDS } from '../../src/kernel/clock.js';
import { Enrolment } from '../../src/modules/registration/index.js';
import type { Venue } from '../../src/modules/sitting/index.js';
import { VerifySeats } from '../../src/modules/waitlist/index.js';
import { crowd } from '../support/crowd.js';
import { engine } from '../support/engine.js';
import { type TestCandidate, World } from '../support/world.js';
import { installed, PrivateMariaDb } from './servers.js';

/** No call may take longer; generous, because the machine may be busy with other things. */
const LONGEST_MS = 30 * SECONDS;

// the embedded engine has no server that could be restarted; killing its process is in kill.spec.ts
const mariadbd = engine === 'mariadb' ? installed('mariadbd') : undefined;
const installDb = engine === 'mariadb' ? installed('mariadb-install-db') : undefined;

if (!mariadbd || !installDb)
  it('is not killed in this round: SQLite has no server, or the line above says what is missing', () => {
    expect(mariadbd && installDb).toBeUndefined();
  });
else
  describe('MariaDB, killed among enrolments and restarted', () => {
    let server: PrivateMariaDb;
    let world: World;

    beforeAll(async () => {
      server = await PrivateMariaDb.make({ mariadbd, installDb });
      await server.start();
      const connection = await mysql.createConnection(server.url);
      await connection.query('CREATE DATABASE cet');
      await connection.end();
      world = await World.open({ databaseUrl: `${server.url}/cet` });
    }, 120_000);
    afterAll(async () => {
      await world.close();
      await server.remove();
    });

    /** Tries until told yes or no; gives the enrolment they were told of, and notes what else they were told. */
    async function wants(candidate: TestCandidate, venue: Venue, told: Map<string, number>) {
      for (;;) {
        const { status, body } = await candidate
          .post('/written/enrolments', { venueIds: [venue.id] })
          .timeout(LONGEST_MS);
        const answer = status === 201 ? '201' : `${status} ${body.code}`;
        told.set(answer, (told.get(answer) ?? 0) + 1);
        if (status === 201) return body.items[0].id as string;
        if (status !== 503) return undefined;
        await sleep(100);
      }
    }

    it('loses nothing that was answered, and the process recovers by itself', async () => {
      const campus = await world.campus();
      const venue = await world.venue({ campus, seats: 60 });
      const candidates = await crowd(world, { campus, size: 80 });
      const told = new Map<string, number>();
      const enrolled = () => told.get('201') ?? 0;
      const wishes = Promise.all(candidates.map((candidate) => wants(candidate, venue, told)));

      while (enrolled() < 15) await sleep(1);
      await server.kill();
      expect((await world.http.get('/healthz').timeout(LONGEST_MS)).status).toBe(200);
      expect((await world.http.get('/readyz').timeout(LONGEST_MS)).body).toMatchObject({
        checks: { database: 'failed' },
      });
      expect(enrolled()).toBeLessThan(60);
      await server.start();
      const answered = (await wishes).filter((id) => id !== undefined);

      await world.http.get('/readyz').expect(200);
      const enrolments = await world.dataSource.manager.findBy(Enrolment, { state: 'UNPAID' });
      expect(enrolments.map(({ id }) => id)).toEqual(expect.arrayContaining(answered));
      // who was cut off in the middle of the commit may be told that they hold the level already
      expect(enrolments).toHaveLength(60);
      expect(answered.length + (told.get('409 LEVEL_CONFLICT') ?? 0)).toBe(60);
      expect(told.get('409 SEATS_FULL')).toBe(20);
      expect(told.get('503 TRY_AGAIN')).toBeGreaterThan(0);
      expect(await world.use(VerifySeats).execute()).toEqual({ venues: 1, faults: [] });
    }, 180_000);
  });
