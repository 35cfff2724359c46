import type { DataSource } from 'typeorm';
import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner.js';
import { engineOf } from './dialect.js';
import { assertFit } from './parameters.js';

/** mysql2 turns whatever it is given into SQL: so it is given nothing but what `assertFit` lets pass. */
export function checkParametersOnMysql(dataSource: DataSource): DataSource {
  if (engineOf(dataSource.manager) === 'sqlite') return dataSource;

  class CheckingRunner extends MysqlQueryRunner {
    // biome-ignore lint/suspicious/noExplicitAny: the signature is TypeORM's
    override async query(sql: string, parameters: any[] = [], structured = false): Promise<any> {
      assertFit(parameters);
      return super.query(sql, parameters, structured);
    }
  }

  const driver = dataSource.driver as MysqlDriver;
  driver.createQueryRunner = (mode) => new CheckingRunner(driver, mode);
  return dataSource;
}
