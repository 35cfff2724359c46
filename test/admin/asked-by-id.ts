import type { Place } from './rows-of-every-noun.js';

/** What somebody's page would name: the rows of a place, and a session of somebody there. */
export interface Named {
  readonly place: Place;
  readonly reviewId: string;
  readonly sessionId: string;
}

interface Asked {
  /** What is let in, naming rows of others. */
  input(named: Named): object;
  /** Answered with one's own rows, whatever was named: there is no row to be missing. */
  answersAnyway?: true;
  /** It changes something, so that asking about one's own rows is for other specs. */
  changes?: true;
}

const windows = ({ place: { campus, venue } }: Named) => ({
  sittingId: venue.sittingId,
  campusCodes: [campus.code],
  kinds: ['WRITTEN'],
  closeNow: true,
});

/** By `tool verb`: every verb and download of a tool that takes an id or a code, asked as its page does. */
export const ASKED_BY_ID: Readonly<Record<string, Asked>> = {
  'cet6-queue approveClean': {
    input: ({ reviewId }) => ({ reviewIds: [reviewId], versions: ['v'] }),
    changes: true,
  },
  'cet6-queue compare': { input: ({ reviewId }) => ({ reviewId }) },
  'cet6-queue decide': {
    input: ({ reviewId }) => ({ reviewId, version: 'v', decision: 'APPROVE' }),
    changes: true,
  },
  'cet6-queue photo': { input: ({ place }) => ({ recordId: place.record.id }) },
  'cet6-queue takeBack': { input: ({ reviewId }) => ({ reviewIds: [reviewId] }), changes: true },
  'my-account endSession': { input: ({ sessionId }) => ({ id: sessionId }), changes: true },
  'venue-windows apply': {
    input: (named) => ({ ...windows(named), version: 'v', stoppingConfirmed: true }),
    changes: true,
  },
  'venue-windows list': {
    input: ({ place: { campus, venue } }) => ({
      sittingId: venue.sittingId,
      provinceCode: campus.provinceCode,
    }),
    answersAnyway: true,
  },
  'venue-windows preview': { input: windows },
};
