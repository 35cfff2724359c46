import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { Agreement } from './agreement.entity.js';

@Injectable()
export class AgreementRepository {
  /** The newest published version; the migrations publish the first. */
  current(reader: Reader): Promise<Agreement> {
    return reader.manager.findOneOrFail(Agreement, {
      where: { publishedAt: LessThanOrEqual(reader.now) },
      order: { version: 'DESC' },
    });
  }
}
