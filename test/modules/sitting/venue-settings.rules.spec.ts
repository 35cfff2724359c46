import { DAYS, later } from '../../../src/kernel/clock.js';
import { firstRefusal } from '../../../src/kernel/first-refusal.js';
import type { Venue } from '../../../src/modules/sitting/index.js';
import {
  noFileStopsARegistrationInUse,
  type ProvinceLimits,
  venueCanBeSetSo,
  whatPeopleEnrolledByStaysSet,
} from '../../../src/modules/sitting/venue-settings.rules.js';
import { NINE_O_CLOCK as NOW } from '../../support/clock.js';

const day = (n: number) => later(NOW, n * DAYS);
const VENUE: Venue = {
  id: 'v',
  sittingId: 's',
  provinceCode: '12',
  schoolCode: '12001',
  campusCode: '120010',
  subjectCode: '3',
  kind: 'WRITTEN',
  level: 4,
  feeFen: 3000,
  capacity: 10,
  taken: 0,
  waiting: 0,
  sequence: 0,
  examStartsAt: day(30),
  examEndsAt: day(31),
  opensAt: day(-1),
  closesAt: day(7),
  admits: 'OWN_SCHOOL',
  admittedSchools: null,
  ticketPrinting: 'SELF',
  ticketAvailableAt: null,
};
const ORAL = { subjectCode: 'F', kind: 'ORAL' } as const;
const LIMITS: ProvinceLimits = {
  oralExamsFrom: day(29),
  oralExamsUntil: day(31),
  writtenFeeMostFen: 3000,
  oralFeeMostFen: 5000,
};

it.each<[string, Partial<Venue>, string | undefined]>([
  ['all is well', {}, undefined],
  ['the fee is not decided', { feeFen: null }, undefined],
  ['no fee at all', { feeFen: 0 }, 'FEE_NOT_ABOVE_ZERO'],
  ['above the province’s limit', { feeFen: 3001 }, 'FEE_ABOVE_PROVINCE_LIMIT'],
  ['orals have a limit of their own', { ...ORAL, feeFen: 5000 }, undefined],
  ['an oral above it', { ...ORAL, feeFen: 5001 }, 'FEE_ABOVE_PROVINCE_LIMIT'],
  ['the exam time is not decided', { examStartsAt: null, examEndsAt: null }, undefined],
  ['half an exam time', { examEndsAt: null }, 'EXAM_TIME_INVALID'],
  ['an exam that ends as it begins', { examEndsAt: day(30) }, 'EXAM_TIME_INVALID'],
  ['an exam while the window is open', { examStartsAt: day(6) }, 'EXAM_BEFORE_WINDOW_CLOSES'],
  ['an exam as the window closes', { examStartsAt: day(7) }, undefined],
  ['an oral outside the province’s days', { ...ORAL, examStartsAt: day(28) }, 'EXAM_OUTSIDE_PROVINCE_DAYS'],
  ['a written exam outside them', { examStartsAt: day(28) }, undefined],
  ['written tickets in time', { ticketAvailableAt: day(29) }, undefined],
  ['written tickets too late', { ticketAvailableAt: day(30) }, 'TICKETS_TOO_LATE'],
  [
    'oral tickets by the school',
    { ...ORAL, ticketAvailableAt: day(20) },
    'ORAL_TICKET_TIME_IS_THE_PROVINCES',
  ],
  ['CET4 for all', { subjectCode: '1', admits: 'ALL_SCHOOLS' }, 'CET_IS_TAKEN_AT_HOME'],
  ['a minor language for all', { admits: 'ALL_SCHOOLS' }, undefined],
  ['an oral for some', { ...ORAL, admits: 'LISTED_SCHOOLS', admittedSchools: ['12002'] }, undefined],
  ['for some, but for whom?', { admits: 'LISTED_SCHOOLS', admittedSchools: [] }, 'NO_SCHOOL_LISTED'],
])('a school sets up a venue within what its province allows: %s', (_, facts, code) => {
  expect(firstRefusal(() => venueCanBeSetSo({ ...VENUE, ...facts }, LIMITS))?.code).toBe(code);
});

it('a province that has set nothing sets no limit', () => {
  expect(firstRefusal(() => venueCanBeSetSo({ ...VENUE, feeFen: 1_000_000 }, null))).toBeUndefined();
});

it.each<[string, Partial<Venue>, Partial<Venue>, string | undefined]>([
  ['nobody is there: emptied', {}, { feeFen: null, examStartsAt: null }, undefined],
  ['somebody holds a seat: changed', { taken: 1 }, { feeFen: 1 }, undefined],
  ['somebody holds a seat: fee emptied', { taken: 1 }, { feeFen: null }, 'VENUE_IN_USE'],
  ['somebody waits: time emptied', { waiting: 1 }, { examStartsAt: null }, 'VENUE_IN_USE'],
  ['it was never set', { taken: 1, feeFen: null }, { feeFen: null }, undefined],
])('what people enrolled by stays set: %s', (_, before, after, code) => {
  const was = { ...VENUE, ...before };
  expect(firstRefusal(() => whatPeopleEnrolledByStaysSet(was, { ...was, ...after }))?.code).toBe(code);
});

it.each<[string, Partial<Venue>, Partial<Venue>, string | undefined]>([
  ['nobody is there: emptied', {}, { opensAt: null, closesAt: null }, undefined],
  ['somebody holds a seat: emptied', { taken: 1 }, { opensAt: null, closesAt: null }, 'WINDOW_IN_USE'],
  ['somebody waits: stopped', { waiting: 1 }, { closesAt: day(-0.5) }, 'WINDOW_IN_USE'],
  ['somebody waits: put off', { waiting: 1 }, { opensAt: day(1) }, 'WINDOW_IN_USE'],
  ['somebody waits: shortened', { waiting: 1 }, { closesAt: day(1) }, undefined],
  ['it is over already', { taken: 1, closesAt: day(-0.5) }, { closesAt: day(-0.6) }, undefined],
  ['it was never set', { taken: 1, opensAt: null, closesAt: null }, {}, undefined],
])('no file stops a registration in use: %s', (_, before, after, code) => {
  const was = { ...VENUE, ...before };
  expect(firstRefusal(() => noFileStopsARegistrationInUse(was, { ...was, ...after }, NOW))?.code).toBe(code);
});
