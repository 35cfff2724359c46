/** A review as a line of the queue. */
export type Item = {
  id: string;
  version: string;
  name: string;
  documentNumber: string;
  ticketNumber: string;
  schoolCode: string;
  submissions: number;
  submittedAt: string;
  waitingDays: number;
  notClean?: string;
  /** Decided, and not made yet. */
  given: { decision: 'APPROVE' | 'REJECT'; mine: boolean } | null;
};

/** In a word, how the comparison stands, or what is being decided. */
export function Standing({ item: { given, notClean } }: { item: Item }) {
  if (given) return <span className="st st--info">{GIVEN[given.decision]}</span>;
  return notClean ? (
    <span className="st st--warn">{notClean}</span>
  ) : (
    <span className="st st--good">无异议</span>
  );
}
const GIVEN = { APPROVE: '通过，待生效', REJECT: '不通过，待生效' };
