import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { insertOrUpdate } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Cet4Result } from './cet4-result.entity.js';

@Injectable()
export class Cet4ResultRepository {
  byTicket(reader: Reader, ticketNumber: string): Promise<Cet4Result | null> {
    return reader.manager.findOneBy(Cet4Result, { ticketNumber });
  }

  byTicketNumbers(reader: Reader, ticketNumbers: readonly string[]): Promise<Cet4Result[]> {
    return reader.manager.findBy(Cet4Result, { ticketNumber: In([...ticketNumbers]) });
  }

  /** Adds results, or changes those of the same ticket. */
  save(tx: Tx, results: readonly Cet4Result[]): Promise<void> {
    return insertOrUpdate(tx.manager, Cet4Result, results, { key: ['ticketNumber'] });
  }
}
