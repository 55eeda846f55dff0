/** State of a desk call, without the browser: the pure part of {@link Line}. */
import type { DeskCall, DeskPage } from '../api/types';
import type { Problem } from '../api/Api';

export type Ending = 'hung-up' | 'ended' | 'let-go' | 'handed-over' | 'given-back' | 'elsewhere' | 'taken' | 'failed';

/** Phase of a call: `entering` until LiveKit has admitted us, `in` once we are in the room, `lost` while the browser reconnects. */
export type Phase =
  | { is: 'idle' }
  | { is: 'entering' | 'in' | 'lost'; callId: string }
  | { is: 'over'; callId: string; why: Ending; problem?: Problem };

/** Reasons why LiveKit closed the connection: its DisconnectReason, numbered as in the protocol. */
const DUPLICATE_IDENTITY = 2;
const PARTICIPANT_REMOVED = 4;
const ROOM_DELETED = 5;
const ROOM_CLOSED = 10;

/**
 * Returns what to do after the connection was closed, and not by us.
 *
 * @param reason LiveKit's reason; undefined if the connection was cut off
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

/** Returns the delay before the next reconnection, in milliseconds; undefined to give up. @param tries failed attempts, 1 or more */
export function pause(tries: number): number | undefined {
  return tries > 12 ? undefined : Math.min(5_000, 500 * 2 ** (tries - 1));
}

/** Returns the current state of our call: `gone` if it is over, `taken` if another person has it. */
export function fate(page: DeskPage, callId: string): 'ours' | 'taken' | 'gone' {
  const call = page.calls.find((one) => one.callId === callId);
  return call === undefined ? 'gone' : call.mine || call.takenBy === undefined ? 'ours' : 'taken';
}

/** Splits calls into those that wait and those that are ours. @param past a call that is over, even if the page still has it */
export function sorted(page: DeskPage | undefined, past?: string): { waiting: DeskCall[]; ours: DeskCall[] } {
  const calls = (page?.calls ?? []).filter((call) => call.callId !== past);
  return { waiting: calls.filter((call) => !call.mine), ours: calls.filter((call) => call.mine) };
}

const KEYS = '0123456789*#';

/** A phone's keys, in the order of its keypad. */
export const PAD = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** Returns the event code of a key (RFC 4733, 3.2); undefined if it is not a phone key. */
export function eventOf(key: string): number | undefined {
  const code = key.length === 1 ? KEYS.indexOf(key) : -1;
  return code < 0 ? undefined : code;
}

/** Level in decibels of full scale below which a meter shows nothing. */
const QUIETEST = -60;

/** Returns the loudness for a meter, 0 to 100: the mean power in decibels. @param samples -1 to 1 */
export function loudness(samples: ArrayLike<number>): number {
  let power = 0;
  for (let index = 0; index < samples.length; index++) {
    power += samples[index]! * samples[index]!;
  }
  const decibels = 10 * Math.log10(power / Math.max(1, samples.length));
  return decibels <= QUIETEST || Number.isNaN(decibels) ? 0 : Math.round(Math.min(100, (1 - decibels / QUIETEST) * 100));
}
