import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { EntityTarget, Logger, ObjectLiteral } from 'typeorm';
import type { Config } from '../config.js';
import { dataSourceOptions, openDataSource } from './data-source.js';
import { UnitOfWork } from './unit-of-work.js';

/** The one DataSource of the process and the unit of work on it. */
@Module({})
export class DatabaseModule {
  static register(config: Config, entities: EntityTarget<ObjectLiteral>[], logger?: Logger): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...dataSourceOptions(config, entities, logger),
            retryAttempts: 3,
            retryDelay: 1000,
          }),
          dataSourceFactory: (options) => openDataSource(options!),
        }),
      ],
      providers: [UnitOfWork],
      exports: [UnitOfWork],
    };
  }
}
