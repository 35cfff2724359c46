import { DAYS, HOURS, later, MINUTES } from '../../src/kernel/clock.js';
import { newId } from '../../src/kernel/ids.js';
import { Cet4Result, Cet6Review } from '../../src/modules/qualification/index.js';
import type { Campus, Venue } from '../../src/modules/sitting/index.js';
import type { World } from '../support/world.js';

/** What a candidate or a file may call itself, to see whether a page runs it. */
export const MARKUP = '<img src=x onerror="window.XSS=1">';

/** A school in the middle of a registration, with something to see on every page. */
export interface BusyOffice {
  campus: Campus;
  /** At the campus. */
  venues: readonly Venue[];
  /** The ids of the reviews that wait, by name. */
  reviews: Readonly<Record<string, string>>;
}

const NAMES = ['陈思远', '王𬱖', '李欣怡', '阿依古丽·买买提', '赵子轩', '欧阳明月', '孙悦', '周子墨'];

/**
 * Two campuses of a school and a school of another province; candidates who have paid, who have not, who wait for a
 * seat, and whose CET6 reviews wait for a decision, some for days.
 */
export async function busyOffice(world: World): Promise<BusyOffice> {
  const campus = await world.campus({ name: '八里台校区', schoolCode: '12001', code: '120011' });
  const other = await world.campus({ name: '津南校区', schoolCode: '12001', code: '120012' });
  const foreign = await world.campus({ name: '主校区', schoolCode: '44001', code: '440011' });
  const venues = [
    await world.venue({ campus, subject: '1', seats: 60 }),
    await world.venue({ campus, subject: '2', seats: 3 }),
    await world.venue({ campus, subject: '3', seats: 20 }),
    await world.venue({ campus, subject: 'F', seats: 30 }),
  ];
  await world.venue({ campus: other, subject: '1', seats: 200 });
  const elsewhere = await world.venue({ campus: foreign, subject: '1', seats: 50 });
  const scarce = await world.venue({ campus: other, subject: '3', seats: 2 });

  for (const [i, name] of NAMES.entries()) {
    const candidate = await world.registered({ campus, name, studentNumber: `2412${100 + i}` });
    await candidate.enrols(venues[0]!);
    if (i % 3 !== 2) await candidate.pays('WRITTEN', { method: i % 2 === 0 ? 'ALIPAY' : 'WECHAT' });
    world.clock.advance(20 * MINUTES);
  }
  for (const name of ['吴雨桐', '郑一凡', '冯晓', '褚卫']) {
    const candidate = await world.registered({ campus: other, name });
    if ((await world.seats(scarce)).taken < 2) await candidate.enrols(scarce);
    else await candidate.waitsFor(scarce);
  }
  const far = await world.registered({ campus: foreign, name: '外校生' });
  await far.enrols(elsewhere);

  const marked = await world.registered({ campus, name: `${MARKUP}刘`, college: MARKUP, remark: MARKUP });
  await marked.enrols(venues[0]!);
  const reviews: Record<string, string> = {};
  for (const [days, name] of [
    [0, '陈思远'],
    [1, '王𬱖'],
    [4, '李欣怡'],
    [9, `${MARKUP}刘`],
  ] as const) {
    const ticketNumber = `1100101811123${String(days).padStart(2, '0')}`;
    await addResult(world, { ticketNumber, name, documentNumber: 'E87654312' });
    const review = await addReview(world, campus, {
      name,
      ticketNumber,
      submittedAt: later(world.clock.now(), -days * DAYS - HOURS),
    });
    reviews[name] = review.id;
  }
  return { campus, venues, reviews };
}

/** A passing CET4 result. */
async function addResult(world: World, facts: Pick<Cet4Result, 'ticketNumber' | 'name' | 'documentNumber'>) {
  const row: Cet4Result = { documentType: 'PASSPORT', score: 498, ...facts };
  await world.unitOfWork.run((tx) => tx.manager.insert(Cet4Result, row));
}

export async function addReview(
  world: World,
  { provinceCode, schoolCode, code: campusCode }: Campus,
  facts: Partial<Cet6Review>,
): Promise<Cet6Review> {
  const row: Cet6Review = {
    id: newId(),
    accountId: newId(),
    sittingId: (await world.sitting()).id,
    provinceCode,
    schoolCode,
    campusCode,
    documentType: 'PASSPORT',
    documentNumber: 'E87654321',
    name: '李明',
    ticketNumber: '110010181112345',
    state: 'PENDING',
    submissions: 1,
    submittedAt: world.clock.now(),
    decidedAt: null,
    decidedBy: null,
    reason: null,
    basis: null,
    given: null,
    finalAt: null,
    ...facts,
  };
  await world.unitOfWork.run((tx) => tx.manager.insert(Cet6Review, row));
  return row;
}
