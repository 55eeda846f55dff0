/** Selection of past calls: from the page's address to the request to the server. */

export const PERIODS = ['today', 'yesterday', '7d', '30d', 'custom'] as const;
export type Period = (typeof PERIODS)[number];

/** Filters that have the same name in the address and in the request to the server. */
export const FIELDS = ['organisation', 'number', 'agent', 'trunk', 'outcome', 'reason', 'direction', 'search', 'trial'] as const;
export type Field = (typeof FIELDS)[number];

export interface Span {
  from: string;
  to: string;
}

/** Returns the period in an address; the default if it is unknown. */
export function periodOf(query: URLSearchParams): Period {
  const found = PERIODS.find((period) => period === query.get('period'));
  return found ?? '7d';
}

/**
 * Returns the span as instants: whole days in the reader's time zone, which have 23 or 25 hours when daylight saving begins or ends.
 *
 * @param now time of the reader's clock
 */
export function span(query: URLSearchParams, now: Date): Span {
  const midnight = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).toISOString();
  switch (periodOf(query)) {
    case 'today': return { from: midnight(0), to: midnight(1) };
    case 'yesterday': return { from: midnight(-1), to: midnight(0) };
    case '7d': return { from: midnight(-6), to: midnight(1) };
    case '30d': return { from: midnight(-29), to: midnight(1) };
    case 'custom': {
      const from = dayOf(query.get('from')) ?? new Date(midnight(-6));
      const last = dayOf(query.get('to')) ?? new Date(midnight(0));
      const first = from <= last ? from : last;
      const until = from <= last ? last : from;
      return {
        from: first.toISOString(), to: new Date(until.getFullYear(), until.getMonth(), until.getDate() + 1).toISOString(),
      };
    }
  }
}

/** @param text YYYY-MM-DD */
function dayOf(text: string | null): Date | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? '');
  if (parts === null) {
    return undefined;
  }
  const day = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return Number.isNaN(day.getTime()) ? undefined : day;
}

/** Returns the parameters of the request to the server. */
export function asked(query: URLSearchParams, now: Date): Record<string, string> {
  // Shows trials by default, because people look for their first test call here.
  const fields: Record<string, string> = { ...span(query, now), trial: 'with' };
  for (const field of FIELDS) {
    const value = query.get(field);
    if (value !== null && value !== '') {
      fields[field] = value;
    }
  }
  return fields;
}

/** Returns the filters that are set, except the period. */
export function setFields(query: URLSearchParams): Field[] {
  return FIELDS.filter((field) => (query.get(field) ?? '') !== '');
}

/** Returns the days of a span in the reader's time zone, as YYYY-MM-DD. */
export function daysOf({ from, to }: Span): string[] {
  const days: string[] = [];
  const end = new Date(to);
  const first = new Date(from);
  for (let day = first, index = 1; day < end && days.length < 400; index++) {
    days.push([day.getFullYear(), String(day.getMonth() + 1).padStart(2, '0'), String(day.getDate()).padStart(2, '0')].join('-'));
    day = new Date(first.getFullYear(), first.getMonth(), first.getDate() + index);
  }
  return days;
}
