/** Progress of the caller's transfer to another person: the pure part of {@link Stay}. */

export type Why = 'busy' | 'no-answer' | 'declined' | 'unknown' | 'forbidden' | 'taken-back' | 'other';

/**
 * `asked` until the suite tries it, `rings` until the other side answers, `speaks` while the other side speaks with us first.
 *
 * @property first whether we speak with the other side before the caller does
 * @property detail the suite's own words, if `why` is not a known reason
 */
export type HandOver =
  | { is: 'none' }
  | { is: 'asked' | 'rings' | 'speaks'; to: string; first: boolean }
  | { is: 'failed'; to: string; why: Why; detail: string };

/** The state after one message; `done`: the caller is now with another person. */
export type Next = HandOver | { is: 'done' };

export const NONE: HandOver = { is: 'none' };

const MOST_DETAIL = 300;

/** Returns why the transfer failed, from the SIP status (RFC 3261, 21) or the method's error. */
export function whyOf(status: number | undefined): Why {
  switch (status) {
    case 486:
    case 600:
      return 'busy';
    case 408:
    case 480:
      return 'no-answer';
    case 603:
      return 'declined';
    case 404:
    case 484:
    case 604:
      return 'unknown';
    case 403:
      return 'forbidden';
    case 487:
      return 'taken-back';
    default:
      return 'other';
  }
}

export function failed(before: HandOver, status: number | undefined, detail: string): HandOver {
  return { is: 'failed', to: toOf(before), why: whyOf(status), detail: detail.slice(0, MOST_DETAIL) };
}

/**
 * Whether this is LiveKit's own error for a method: it does not tell the outcome of the transfer, but its data messages will.
 *
 * @param code the error's code
 */
export function isOpen(code: number): boolean {
  return code >= 1_500 && code <= 1_503;
}

/** Applies a data message from the caller's participant. @param text as received; an unknown message changes nothing */
export function told(before: HandOver, text: string): Next {
  const said = read(text);
  switch (said?.state) {
    case 'started':
      return { is: 'rings', to: toOf(before), first: firstOf(before) };
    case 'consulting':
      return { is: 'speaks', to: toOf(before), first: true };
    case 'succeeded':
      return { is: 'done' };
    case 'failed':
      return failed(before, typeof said.status === 'number' ? said.status : typeof said.code === 'number' ? said.code : undefined,
        typeof said.detail === 'string' ? said.detail : '');
    default:
      return before;
  }
}

/** Progress of giving the caller back to the agent. @property detail the suite's own words, if `why` is `other` */
export type Back = { is: 'none' } | { is: 'asked' } | { is: 'failed'; why: 'nobody' | 'no-rule' | 'other'; detail: string };

/** Returns the state for an agent that did not come. @param code the code of the method's error */
export function kept(code: number | undefined, detail: string): Back {
  return { is: 'failed', why: code === 480 ? 'nobody' : code === 404 ? 'no-rule' : 'other', detail: detail.slice(0, MOST_DETAIL) };
}

/** Whether the transfer is under way. */
export function isUnderWay(one: HandOver): one is HandOver & { is: 'asked' | 'rings' | 'speaks' } {
  return one.is === 'asked' || one.is === 'rings' || one.is === 'speaks';
}

/** Returns the target, which is unknown for a transfer that began before a reload. */
function toOf(one: HandOver): string {
  return one.is === 'none' ? '' : one.to;
}

function firstOf(one: HandOver): boolean {
  return isUnderWay(one) && one.first;
}

function read(text: string): Record<string, unknown> | undefined {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
