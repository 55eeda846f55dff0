/** How far the caller is on the way to somebody else: the pure part of {@link Stay}. */

export type Why = 'busy' | 'no-answer' | 'declined' | 'unknown' | 'forbidden' | 'taken-back' | 'other';

/**
 * `asked` until the suite tries it, `rings` until the other side answers, `speaks` while that one speaks with us first.
 *
 * @property first whether we speak with the other side before the caller does
 * @property detail what the suite says, where `why` is none of the known ones
 */
export type HandOver =
  | { is: 'none' }
  | { is: 'asked' | 'rings' | 'speaks'; to: string; first: boolean }
  | { is: 'failed'; to: string; why: Why; detail: string };

/** What one message has made of it; `done`: the caller has somebody else. */
export type Next = HandOver | { is: 'done' };

export const NONE: HandOver = { is: 'none' };

const MOST_DETAIL = 300;

/** Why it came to nothing, by the status of SIP (RFC 3261, 21) or the error of the method. */
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
 * LiveKit's own errors of a method: nobody has said what became of it. Its data messages will.
 *
 * @param code of the error
 */
export function isOpen(code: number): boolean {
  return code >= 1_500 && code <= 1_503;
}

/** What a data message of the caller's participant says. @param text as it came; what is none of these changes nothing */
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

/** Whether the agent is on its way to whom we give the caller back. @property detail what the suite says, where `why` is `other` */
export type Back = { is: 'none' } | { is: 'asked' } | { is: 'failed'; why: 'nobody' | 'no-rule' | 'other'; detail: string };

/** The agent did not come. @param code of the method's error */
export function kept(code: number | undefined, detail: string): Back {
  return { is: 'failed', why: code === 480 ? 'nobody' : code === 404 ? 'no-rule' : 'other', detail: detail.slice(0, MOST_DETAIL) };
}

/** Whether it goes on. */
export function isUnderWay(one: HandOver): one is HandOver & { is: 'asked' | 'rings' | 'speaks' } {
  return one.is === 'asked' || one.is === 'rings' || one.is === 'speaks';
}

/** Of one that was begun before a reload it is not known. */
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
