/** What a person at the desk is doing with a call, without the browser: the pure part of {@link Line}. */
import type { DeskCall, DeskPage } from '../api/types';
import type { Problem } from '../api/Api';

export type Ending = 'hung-up' | 'ended' | 'let-go' | 'handed-over' | 'given-back' | 'elsewhere' | 'taken' | 'failed';

/** Where a call is: `entering` until LiveKit has let us in, `in` in the room, `lost` while the browser tries to get back. */
export type Phase =
  | { is: 'idle' }
  | { is: 'entering' | 'in' | 'lost'; callId: string }
  | { is: 'over'; callId: string; why: Ending; problem?: Problem };

/** Why LiveKit closed the connection: its DisconnectReason, as the protocol numbers it. */
const DUPLICATE_IDENTITY = 2;
const PARTICIPANT_REMOVED = 4;
const ROOM_DELETED = 5;
const ROOM_CLOSED = 10;

/**
 * What is to be done once the connection is closed and we did not close it.
 *
 * @param reason of LiveKit; missing where it was cut off
 */
export function afterClosing(reason: number | undefined): 'elsewhere' | 'ended' | 'come-back' {
  switch (reason) {
    case DUPLICATE_IDENTITY:
      return 'elsewhere';
    case PARTICIPANT_REMOVED:
    case ROOM_DELETED:
    case ROOM_CLOSED:
      return 'ended';
    default:
      return 'come-back';
  }
}

/** Before the next try to get back, in milliseconds; undefined: it is given up. @param tries that have failed, 1 or more */
export function pause(tries: number): number | undefined {
  return tries > 12 ? undefined : Math.min(5_000, 500 * 2 ** (tries - 1));
}

/** What has become of a call that we have: `gone` is over, `taken` is another person's. */
export function fate(page: DeskPage, callId: string): 'ours' | 'taken' | 'gone' {
  const call = page.calls.find((one) => one.callId === callId);
  return call === undefined ? 'gone' : call.mine || call.takenBy === undefined ? 'ours' : 'taken';
}

/** Those that wait for somebody, and those that we have. @param past a call that is over, whatever the page says still */
export function sorted(page: DeskPage | undefined, past?: string): { waiting: DeskCall[]; ours: DeskCall[] } {
  const calls = (page?.calls ?? []).filter((call) => call.callId !== past);
  return { waiting: calls.filter((call) => !call.mine), ours: calls.filter((call) => call.mine) };
}

const KEYS = '0123456789*#';

/** The keys of a phone, in their order on it. */
export const PAD = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** The event of a key (RFC 4733, 3.2); undefined for what is none. */
export function eventOf(key: string): number | undefined {
  const code = key.length === 1 ? KEYS.indexOf(key) : -1;
  return code < 0 ? undefined : code;
}

/** Below so many decibels of full scale a meter shows nothing. */
const QUIETEST = -60;

/** How loud sound is, 0 to 100 for a meter: its mean power in decibels. @param samples -1 to 1 */
export function loudness(samples: ArrayLike<number>): number {
  let power = 0;
  for (let index = 0; index < samples.length; index++) {
    power += samples[index]! * samples[index]!;
  }
  const decibels = 10 * Math.log10(power / Math.max(1, samples.length));
  return decibels <= QUIETEST || Number.isNaN(decibels) ? 0 : Math.round(Math.min(100, (1 - decibels / QUIETEST) * 100));
}
