import { type Actor, actorLabel, type StaffActor } from '../../src/kernel/actor.js';
import { covers, scopeOf } from '../../src/kernel/scope.js';

const staff = (facts: Partial<StaffActor>): StaffActor => ({
  type: 'STAFF',
  staffId: '7',
  role: 'SCHOOL',
  ...facts,
});
const nankai = { provinceCode: '12', schoolCode: '12001' };
const tianjin = { provinceCode: '12', schoolCode: '12002' };
const peking = { provinceCode: '11', schoolCode: '11001' };

describe('R-AD-1 what exists for somebody', () => {
  it.each<[string, Actor | undefined, boolean[]]>([
    ['central staff', staff({ role: 'CENTRAL' }), [true, true, true]],
    ['provincial staff', staff({ role: 'PROVINCE', provinceCode: '12' }), [true, true, false]],
    ['a school teacher', staff({ schoolCode: '12001', provinceCode: '12' }), [true, false, false]],
    ['a teacher of no school', staff({}), [false, false, false]],
    [
      'provincial staff of no province',
      staff({ role: 'PROVINCE', schoolCode: '12001' }),
      [false, false, false],
    ],
    ['a candidate', { type: 'CANDIDATE', accountId: '1', sessionId: '2' }, [false, false, false]],
    ['a job', { type: 'SYSTEM', cause: 'enrolment.lapse' }, [false, false, false]],
    ['nobody', undefined, [false, false, false]],
  ])('%s', (_, actor, seen) => {
    expect([nankai, tianjin, peking].map((row) => covers(scopeOf(actor), row))).toEqual(seen);
  });
});

describe('who a ledger line names', () => {
  it.each<[Actor, string]>([
    [{ type: 'CANDIDATE', accountId: '0193', sessionId: '2' }, 'CANDIDATE 0193'],
    [staff({ staffId: '0194' }), 'STAFF 0194'],
    [{ type: 'SYSTEM', cause: 'enrolment.lapse' }, 'SYSTEM enrolment.lapse'],
  ])('%p', (actor, label) => {
    expect(actorLabel(actor)).toBe(label);
  });
});
