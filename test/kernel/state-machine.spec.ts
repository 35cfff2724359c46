import { assertMove, type StateTable, stateTable } from '../../src/kernel/state-machine.js';

const door = stateTable({ open: ['shut'], shut: ['open', 'locked'], locked: [] });

describe('a table of states', () => {
  it.each([
    ['open', 'shut'],
    ['shut', 'open'],
    ['shut', 'locked'],
  ] as const)('lets %s → %s', (from, to) => {
    expect(() => assertMove(door, from, to)).not.toThrow();
  });

  it.each([
    ['open', 'locked'],
    ['locked', 'open'],
    ['open', 'open'],
  ] as const)('has no %s → %s', (from, to) => {
    expect(() => assertMove(door, from, to)).toThrow(`Illegal move ${from} → ${to}`);
  });

  it('refuses at load a move to a state that is none', () => {
    const broken = { open: ['ajar'] } as unknown as StateTable<'open'>;
    expect(() => stateTable(broken)).toThrow('open → ajar');
  });
});
