import { nameOf, type Counts, type LiveCall, type LivePage } from '../../api/types';

/** The ongoing calls. */
export interface Board {
  /** Whether a page has arrived: before that, it is unknown whether there are calls. */
  read: boolean;
  calls: ReadonlyMap<string, LiveCall>;
  counts: Counts;
}

export type Told =
  | { is: 'page'; page: LivePage }
  | { is: 'call'; call: LiveCall }
  | { is: 'gone'; callId: string }
  | { is: 'counts'; counts: Counts };

export const EMPTY: Board = { read: false, calls: new Map(), counts: { organisations: [], numbers: [] } };

/** Returns the board after one more message. A page replaces everything; other messages concern one call, and may arrive twice. */
export function after(board: Board, told: Told): Board {
  switch (told.is) {
    case 'page':
      return { read: true, calls: new Map(told.page.calls.map((call) => [call.callId, call])), counts: told.page.counts };
    case 'call':
      return { ...board, calls: new Map(board.calls).set(told.call.callId, told.call) };
    case 'gone': {
      const calls = new Map(board.calls);
      calls.delete(told.callId);
      return { ...board, calls };
    }
    case 'counts':
      return { ...board, counts: told.counts };
  }
}

export interface LiveFilter {
  organisation?: string;
  number?: string;
  agent?: string;
}

/** Returns the calls that match the filter: waiting calls first, the longest-waiting at the top, then the others by age. */
export function shown(board: Board, filter: LiveFilter): LiveCall[] {
  return [...board.calls.values()]
    .filter((call) => filter.organisation === undefined || nameOf(call.organisation) === filter.organisation)
    .filter((call) => filter.number === undefined || call.number === filter.number)
    .filter((call) => filter.agent === undefined || call.agent === filter.agent)
    .sort((one, other) => rank(one) - rank(other) || one.receivedAt.localeCompare(other.receivedAt));
}

function rank(call: LiveCall): number {
  return call.state === 'ringing' ? 0 : 1;
}
