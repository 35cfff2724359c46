import { Injectable } from '@nestjs/common';
import type { IdentityDocument } from '../../kernel/words.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { Cet6ReviewRepository } from './cet6-review.repository.js';

/**
 * A student's claim to have passed CET4 goes along when their registration goes to another account. An account has one
 * claim at most (R-CR-6): where the owner's own waits or was approved, it stands, and the other stays where it is.
 */
@Injectable()
export class MoveCet6Review {
  constructor(private readonly reviews: Cet6ReviewRepository) {}

  async execute(
    tx: Tx,
    { from, to, student }: { from: string; to: string; student: IdentityDocument },
  ): Promise<void> {
    const review = await this.reviews.lockOf(tx, from);
    const { documentType, documentNumber } = student;
    if (!review || review.state === 'DELETED') return;
    if (review.documentType !== documentType || review.documentNumber !== documentNumber) return;
    const own = await this.reviews.lockOf(tx, to);
    if (own?.state === 'PENDING' || own?.state === 'APPROVED') return;
    // what was rejected is not shown to whoever has the other account
    if (own?.state === 'REJECTED') await this.reviews.move(tx, own, 'DELETED', {});
    await this.reviews.exchange(tx, review, own, to);
  }
}
