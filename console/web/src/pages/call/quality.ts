/** Range of the estimates. */
const WORST = 1;
const BEST = 4.5;

/** Returns the points of a line of estimates over time, in a drawing of this size. A single estimate is drawn from edge to edge. */
export function line(quality: readonly { sinceMillis: number; mos: number }[], width: number, height: number): string {
  const all = quality.length === 1 ? [quality[0]!, { ...quality[0]!, sinceMillis: quality[0]!.sinceMillis + 1 }] : quality;
  const first = Math.min(...all.map((one) => one.sinceMillis));
  const span = Math.max(1, Math.max(...all.map((one) => one.sinceMillis)) - first);
  const place = (mos: number) => height * (1 - (Math.min(BEST, Math.max(WORST, mos)) - WORST) / (BEST - WORST));
  return all.map((one) => `${Math.round(((one.sinceMillis - first) / span) * width)},${Math.round(place(one.mos))}`).join(' ');
}
