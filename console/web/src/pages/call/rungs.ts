import type { Rung } from '../../api/types';

/** Returns the messages with the time since the first one. */
export function placed(rungs: readonly Rung[]): { rung: Rung; sinceMillis: number }[] {
  const first = Math.min(...rungs.map((one) => Date.parse(one.at)));
  return rungs.map((rung) => ({ rung, sinceMillis: Date.parse(rung.at) - first }));
}
