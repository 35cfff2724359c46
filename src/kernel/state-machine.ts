/**
 * States as a table one can read: from each state, the states it may move to. The table only says what is allowed;
 * the move itself is a compare-and-swap in the noun's repository.
 */
export type StateTable<S extends string> = Readonly<Record<S, readonly S[]>>;

/** Checks at load that the table is closed: every target is a state of the table. Returns it unchanged. */
export function stateTable<S extends string>(table: StateTable<S>): StateTable<S> {
  for (const [from, targets] of Object.entries<readonly S[]>(table)) {
    for (const to of targets) {
      if (!(to in table)) throw new Error(`State table: ${from} → ${to}, but ${to} is not a state.`);
    }
  }
  return table;
}

/** Refuses, as a programming error, a move the table does not have. */
export function assertMove<S extends string>(table: StateTable<S>, from: S, to: S): void {
  if (!table[from].includes(to)) throw new Error(`Illegal move ${from} → ${to}`);
}
