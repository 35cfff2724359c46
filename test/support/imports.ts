import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { SystemActor } from '../../src/kernel/actor.js';
import { Clock } from '../../src/kernel/clock.js';
import { auditEntities } from '../../src/modules/audit/index.js';
import { AccountHoldings, FirstSignIns, passportEntities } from '../../src/modules/passport/index.js';
import { QualificationModule, qualificationEntities } from '../../src/modules/qualification/index.js';
import {
  AddSitting,
  ImportCampuses,
  ImportSchools,
  type Sitting,
  SittingModule,
  sittingEntities,
} from '../../src/modules/sitting/index.js';
import { Config } from '../../src/platform/config.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { makeLogger } from '../../src/platform/http/logging.js';
import { QueueModule } from '../../src/platform/queue/queue.module.js';
import { SecurityLog } from '../../src/platform/security-log.js';
import { StoryClock } from './clock.js';
import { openTestDatabase, type TestDatabase } from './engine.js';

export const CLERK: SystemActor = { type: 'SYSTEM', cause: 'import' };

const clock = new StoryClock();

@Global()
@Module({})
class Surroundings {
  static of(config: Config) {
    return {
      module: Surroundings,
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useValue: clock },
        { provide: SecurityLog, useValue: new SecurityLog(makeLogger(config)) },
        // nobody signs in here: lists of schools, and so the module that knows of them, are not there
        { provide: FirstSignIns, useValue: null },
        { provide: AccountHoldings, useValue: null },
      ],
      exports: [Config, Clock, SecurityLog, FirstSignIns, AccountHoldings],
    };
  }
}

/** The modules that take files in, on the engine of this round, and a folder to write files to. */
export class ImportWorld {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cet-import-'));

  private constructor(
    private readonly module: TestingModule,
    readonly database: TestDatabase,
  ) {}

  static async open(): Promise<ImportWorld> {
    const database = await openTestDatabase();
    await migrate(database.config);
    const module = await Test.createTestingModule({
      imports: [
        Surroundings.of(database.config),
        DatabaseModule.register(database.config, [
          ...sittingEntities,
          ...passportEntities,
          ...qualificationEntities,
          ...auditEntities,
        ]),
        QueueModule.register(database.config, { schedule: false }),
        HttpModule,
        SittingModule,
        QualificationModule,
      ],
    }).compile();
    return new ImportWorld(module, database);
  }

  async close(): Promise<void> {
    await this.module.close();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  use<T>(type: abstract new (...args: never[]) => T): T {
    return this.module.get(type as never, { strict: false });
  }

  get unitOfWork(): UnitOfWork {
    return this.use(UnitOfWork);
  }

  rows<T extends ObjectLiteral>(entity: EntityTarget<T>): Promise<T[]> {
    return this.use(DataSource).manager.find(entity);
  }

  /** Empties the tables of these entities. */
  async empty(...entities: EntityTarget<ObjectLiteral>[]): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      for (const entity of entities) await tx.manager.createQueryBuilder().delete().from(entity).execute();
    });
  }

  /** A file of these lines, in the folder of this world. */
  file(content: string | readonly string[] | Buffer, name = 'file.csv'): string {
    const path = join(this.folder, name);
    writeFileSync(
      path,
      typeof content === 'string' || Buffer.isBuffer(content) ? content : `${content.join('\n')}\n`,
    );
    return path;
  }

  /** Sitting 262, two schools of two provinces, three campuses. */
  async places(): Promise<Sitting> {
    await this.use(ImportSchools).execute(
      {
        file: this.file([
          'province_code,province_name,school_code,school_name',
          '12,天津市,12001,南开大学',
          '15,内蒙古自治区,15001,内蒙古大学',
        ]),
      },
      CLERK,
    );
    await this.use(ImportCampuses).execute(
      {
        file: this.file([
          '学校代码,校区代码,校区名称',
          '12001,120010,八里台校区',
          '12001,120011,津南校区',
          '15001,150010,主校区',
        ]),
      },
      CLERK,
    );
    return this.use(AddSitting).execute({ number: 262, current: true }, CLERK);
  }
}
