import { later, MINUTES } from '../../../src/kernel/clock.js';
import { firstRefusal } from '../../../src/kernel/first-refusal.js';
import {
  admitsSchool,
  aSeatIsFree,
  campusIsInsideItsWindow,
  feeIsSet,
  noSeatIsFree,
  seatLevel,
  venueHasAnExamTime,
} from '../../../src/modules/sitting/index.js';
import { NINE_O_CLOCK as NOW } from '../../support/clock.js';

const refusalOf = (rule: () => void) => firstRefusal(rule)?.code;

describe('R-WE-1: the conditions of a venue', () => {
  it.each([
    ['no exam time', { examStartsAt: null }, 'EXAM_TIME_UNSET'],
    ['an exam time', { examStartsAt: NOW }, undefined],
  ])('%s', (_, venue, code) => {
    expect(refusalOf(() => venueHasAnExamTime(venue))).toBe(code);
  });

  it.each([
    ['not set', null, null, 'WINDOW_NOT_OPEN'],
    ['opening set only', NOW, null, 'WINDOW_NOT_OPEN'],
    ['closing set only', null, later(NOW, MINUTES), 'WINDOW_NOT_OPEN'],
    ['opens in a millisecond', later(NOW, 1), later(NOW, MINUTES), 'WINDOW_NOT_OPEN'],
    ['opens this moment', NOW, later(NOW, MINUTES), undefined],
    ['closes in a millisecond', later(NOW, -MINUTES), later(NOW, 1), undefined],
    ['closes this moment', later(NOW, -MINUTES), NOW, 'WINDOW_NOT_OPEN'],
  ])('window: %s', (_, opensAt, closesAt, code) => {
    expect(refusalOf(() => campusIsInsideItsWindow({ opensAt, closesAt }, NOW))).toBe(code);
  });

  it.each([
    [null, 'FEE_UNSET'],
    [0, 'FEE_UNSET'],
    [1, undefined],
  ])('fee %s', (feeFen, code) => {
    expect(refusalOf(() => feeIsSet({ feeFen }))).toBe(code);
  });
});

describe('R-WE-7 and R-WL-4: seats and the queue', () => {
  it.each([
    // capacity, taken, waiting → enrolling, queueing, colour
    [10, 0, 0, undefined, 'SEATS_AVAILABLE', 'AMPLE'],
    [10, 5, 0, undefined, 'SEATS_AVAILABLE', 'AMPLE'],
    [11, 6, 0, undefined, 'SEATS_AVAILABLE', 'FEW'],
    [10, 9, 0, undefined, 'SEATS_AVAILABLE', 'FEW'],
    [10, 10, 0, 'SEATS_FULL', undefined, 'NONE'],
    [10, 10, 3, 'QUEUE_AHEAD', undefined, 'NONE'],
    // a seat came free and somebody waits for it: it is theirs
    [10, 9, 1, 'QUEUE_AHEAD', undefined, 'NONE'],
    [0, 0, 0, 'SEATS_FULL', undefined, 'NONE'],
  ])('capacity %i, taken %i, waiting %i', (capacity, taken, waiting, enrolling, queueing, colour) => {
    const venue = { capacity, taken, waiting };
    expect(refusalOf(() => aSeatIsFree(venue))).toBe(enrolling);
    expect(refusalOf(() => noSeatIsFree(venue))).toBe(queueing);
    expect(seatLevel(venue)).toBe(colour);
  });
});

describe('R-WE-3, R-OE-3: whose candidates a venue takes', () => {
  it.each([
    ['its own school', 'OWN_SCHOOL', null, '12001', true],
    ['another school', 'OWN_SCHOOL', null, '12002', false],
    ['all schools', 'ALL_SCHOOLS', null, '44001', true],
    ['a listed school', 'LISTED_SCHOOLS', ['12002'], '12002', true],
    ['a school not listed', 'LISTED_SCHOOLS', ['12002'], '12003', false],
    ['an empty list', 'LISTED_SCHOOLS', null, '12003', false],
    ['its own school beside a list', 'LISTED_SCHOOLS', ['12002'], '12001', true],
  ] as const)('%s', (_, admits, listed, schoolCode, admitted) => {
    const venue = { schoolCode: '12001', admits, admittedSchools: listed && [...listed] };
    expect(admitsSchool(venue, schoolCode)).toBe(admitted);
  });
});
