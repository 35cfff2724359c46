import * as backOffice from '../../src/admin/index.js';
import { SECONDS } from '../../src/kernel/clock.js';
import { Cet4Result, Cet6Review } from '../../src/modules/qualification/index.js';
import type { Campus } from '../../src/modules/sitting/index.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { type TestCandidate, World } from '../support/world.js';

/** A school whose candidates claim to have passed CET4, and its teachers, who decide. */
export class ReviewOffice {
  private tickets = 0;

  private constructor(
    readonly world: World,
    public campus: Campus,
  ) {}

  static async open(): Promise<ReviewOffice> {
    const world = await World.open({}, undefined, backOffice);
    return new ReviewOffice(world, undefined as never);
  }

  /** The next story begins: nobody has claimed anything. */
  async begin(): Promise<void> {
    const { world } = this;
    await world.reset();
    this.campus = await world.campus({
      provinceCode: '11',
      schoolCode: '11001',
      code: '110010',
      name: '学院路校区',
    });
    await world.venue({ campus: this.campus, subject: '2' });
  }

  async teacher(login: string): Promise<StaffBrowser> {
    const { provinceCode, schoolCode } = this.campus;
    await addStaff(this.world, { login, role: 'SCHOOL', provinceCode, schoolCode });
    const browser = new StaffBrowser(this.world);
    await browser.signsIn(login);
    return browser;
  }

  async central(): Promise<StaffBrowser> {
    await addStaff(this.world, { login: 'central', role: 'CENTRAL' });
    const browser = new StaffBrowser(this.world);
    await browser.signsIn('central');
    return browser;
  }

  /** A ticket of CET4 under this name and number. */
  async ticket(facts: Partial<Cet4Result> & { name: string }): Promise<string> {
    const ticketNumber = `1100102511${String(++this.tickets).padStart(5, '0')}`;
    const row = { ticketNumber, documentType: null, documentNumber: 'G00000000', score: 500, ...facts };
    await this.world.unitOfWork.run((tx) => tx.manager.insert(Cet4Result, row));
    return ticketNumber;
  }

  /** Somebody whose claim waits: their ticket has their name and another number. */
  async claimant(name = '李明') {
    const candidate = await this.world.candidate({ campus: this.campus, name });
    await candidate.post('/qualification/queries', candidate.documents).expect(200);
    const ticketNumber = await this.ticket({ name });
    await candidate.post('/cet6-review', { ticketNumber }).expect(201);
    return { candidate, ticketNumber, review: await this.reviewOf(candidate) };
  }

  /** Somebody whose number in the CET4 record is plainly their own, written in small letters. */
  async cleanClaimant(name = '王芳') {
    const claim = await this.claimant(name);
    const { documentNumber } = claim.review;
    await this.world.unitOfWork.run((tx) =>
      tx.manager.update(
        Cet4Result,
        { ticketNumber: claim.ticketNumber },
        { documentNumber: documentNumber.toLowerCase() },
      ),
    );
    return claim;
  }

  reviewOf({ accountId }: TestCandidate): Promise<Cet6Review> {
    return this.world.dataSource.manager.findOneByOrFail(Cet6Review, { accountId });
  }

  /** What the page of one review shows a teacher, and sends back with the decision. */
  async looksAt(browser: StaffBrowser, { id: reviewId }: Pick<Cet6Review, 'id'>) {
    const { body: shown } = await browser.post('/api/tools/cet6-queue/compare', { reviewId }).expect(200);
    const decide = (input: object) =>
      browser.post('/api/tools/cet6-queue/decide', { reviewId, version: shown.version, ...input });
    return {
      shown,
      approve: () => decide({ decision: 'APPROVE', ...SEEN }),
      reject: () => decide(NO),
      decide,
    };
  }

  /** Ten seconds pass, with every page closed. */
  async tenSecondsPass(): Promise<void> {
    this.world.clock.advance(10 * SECONDS);
    await this.world.job('cet6-review.make-final');
  }
}

/** On what the school approves a number that is not the record's. */
export const SEEN = { materials: ['ID_DOCUMENT', 'SCORE_REPORT'] };
export const NO = { decision: 'REJECT', reason: '请带护照原件' };
