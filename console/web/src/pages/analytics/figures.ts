import type { Analytics, Day } from '../../api/types';

/** Returns every day of a period, including days without calls, because a gap in a chart would look like a missing day. */
export function everyDay(days: readonly Day[], wanted: readonly string[]): Day[] {
  const known = new Map(days.map((day) => [day.day, day]));
  return wanted.map((day) => known.get(day) ?? { day, calls: 0, answered: 0, refused: 0 });
}

export interface Totals {
  calls: number;
  answered: number;
  refused: number;
  unanswered: number;
  /** Average over all answered calls of the period; missing if there was none. */
  averageTalkMillis?: number;
}

export function totals(days: readonly Day[]): Totals {
  const sum = (of: (day: Day) => number) => days.reduce((total, day) => total + of(day), 0);
  const calls = sum((day) => day.calls);
  const answered = sum((day) => day.answered);
  const refused = sum((day) => day.refused);
  return {
    calls, answered, refused, unanswered: unanswered({ calls, answered, refused }),
    ...(answered === 0 ? {} : { averageTalkMillis: sum((day) => day.answered * (day.averageTalkMillis ?? 0)) / answered }),
  };
}

/** Returns the number of calls that were given up or forwarded. */
export function unanswered({ calls, answered, refused }: Pick<Day, 'calls' | 'answered' | 'refused'>): number {
  return Math.max(0, calls - answered - refused);
}

/** Returns how dark each hour of the heat map is, 0 to 1; always 7 days of 24 hours, regardless of the input. */
export function heat(hours: Analytics['hours']): { calls: number; share: number }[][] {
  const most = Math.max(1, ...hours.flat());
  return Array.from({ length: 7 }, (_, day) => Array.from({ length: 24 }, (_, hour) => {
    const calls = hours[day]?.[hour] ?? 0;
    return { calls, share: calls / most };
  }));
}

/** Returns the busiest hour, for readers who do not see colours; undefined if there were no calls. */
export function busiest(hours: Analytics['hours']): { day: number; hour: number; calls: number } | undefined {
  let found: { day: number; hour: number; calls: number } | undefined;
  hours.forEach((row, day) => row.forEach((calls, hour) => {
    if (calls > (found?.calls ?? 0)) {
      found = { day, hour, calls };
    }
  }));
  return found;
}

/** Returns the running sums of stacked series, the highest first, in their drawing order. */
export function stacked(series: readonly (readonly number[])[]): number[][] {
  const sums: number[][] = [];
  for (const values of series) {
    const below = sums.at(-1);
    sums.push(values.map((value, index) => value + (below?.[index] ?? 0)));
  }
  return sums.reverse();
}
