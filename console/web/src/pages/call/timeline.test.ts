import { describe, expect, it } from 'vitest';
import type { TraceStep } from '../../api/types';
import { folded, legsOf, pause, place, since } from './timeline';

const step = (sinceMillis: number, type = 'call.answered'): TraceStep => ({ at: '2026-03-02T09:15:30Z', sinceMillis, by: 'sip-edge', type, text: '' });

describe('a timeline', () => {
  it('says after how long each step came', () => {
    expect([0, 58, 12_345, 185_000].map(since)).toEqual(['+0.000 s', '+0.058 s', '+12.3 s', '+3:05']);
  });

  it('places steps between its ends, also where there is one alone', () => {
    const steps = [step(0), step(50), step(200)];
    expect(steps.map((one) => place(one, steps))).toEqual([0, 0.25, 1]);
    expect(place(step(0), [step(0)])).toBe(0);
  });

  it('says long waits', () => {
    expect(pause(step(100), step(5_100))).toBe(5_000);
    expect(pause(step(100), step(200))).toBeUndefined();
    expect(pause(undefined, step(5_000))).toBeUndefined();
  });

  it('shows heartbeats that follow each other as one, and two answers as two', () => {
    const shown = folded([step(0), step(10, 'call.heartbeat'), step(20, 'call.heartbeat'), step(30), step(40)]);
    expect(shown.map((one) => [one.type, one.times, one.sinceMillis])).toEqual([
      ['call.answered', 1, 0], ['call.heartbeat', 2, 20], ['call.answered', 1, 30], ['call.answered', 1, 40],
    ]);
  });

  it('has the legs that are calls', () => {
    expect(legsOf({ sentence: '', routing: [], steps: [], legs: [{ sentence: 'a', routing: [], steps: [] }, step(1)] })).toHaveLength(1);
    expect(legsOf({ sentence: '', routing: [], steps: [] })).toEqual([]);
  });
});
