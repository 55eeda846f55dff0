import type { Trace, TraceStep } from '../../api/types';

/** Returns the position of a step in its call, 0 to 1. */
export function place(step: TraceStep, steps: readonly TraceStep[]): number {
  const last = Math.max(...steps.map((one) => one.sinceMillis), 1);
  return Math.min(1, Math.max(0, step.sinceMillis / last));
}

/** Formats an offset for comparison by operators: +0.058 s, +12.3 s, +3:05. */
export function since(millis: number): string {
  if (millis < 10_000) {
    return `+${(millis / 1000).toFixed(3)} s`;
  }
  if (millis < 60_000) {
    return `+${(millis / 1000).toFixed(1)} s`;
  }
  const seconds = Math.floor(millis / 1000);
  return `+${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Returns the wait to state between two shown steps, because long waits are written and not drawn; undefined for short ones. */
export function pause(before: TraceStep | undefined, step: TraceStep): number | undefined {
  const millis = before === undefined ? 0 : step.sinceMillis - before.sinceMillis;
  return millis >= 2_000 ? millis : undefined;
}

/** Folds consecutive steps of one kind (heartbeats) into one, with their number. */
export function folded(steps: readonly TraceStep[]): (TraceStep & { times: number })[] {
  const shown: (TraceStep & { times: number })[] = [];
  for (const step of steps) {
    const last = shown.at(-1);
    if (last !== undefined && last.type === step.type && step.type.includes('heartbeat')) {
      shown[shown.length - 1] = { ...step, times: last.times + 1 };
    } else {
      shown.push({ ...step, times: 1 });
    }
  }
  return shown;
}

/** Returns the legs that have their own traces. */
export function legsOf(trace: Trace): Trace[] {
  return (trace.legs ?? []).filter((leg): leg is Trace => 'steps' in leg);
}
