import type { Rung } from '../../api/types';

/** Messages with the time since the first of them. */
export function placed(rungs: readonly Rung[]): { rung: Rung; sinceMillis: number }[] {
  const first = Math.min(...rungs.map((one) => Date.parse(one.at)));
  return rungs.map((rung) => ({ rung, sinceMillis: Date.parse(rung.at) - first }));
}
