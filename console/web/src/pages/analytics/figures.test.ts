import { describe, expect, it } from 'vitest';
import { busiest, everyDay, heat, stacked, totals } from './figures';

const day = (name: string, calls: number, answered: number, refused: number, averageTalkMillis?: number) =>
  ({ day: name, calls, answered, refused, averageTalkMillis });

describe('days', () => {
  it('are all there, also those without a call', () => {
    expect(everyDay([day('2026-03-02', 3, 2, 1)], ['2026-03-01', '2026-03-02']).map((one) => one.calls)).toEqual([0, 3]);
  });

  it('are summed, and talk times by how many calls had them', () => {
    expect(totals([day('a', 10, 8, 1, 1000), day('b', 2, 2, 0, 6000), day('c', 0, 0, 0)])).toEqual(
      { calls: 12, answered: 10, refused: 1, unanswered: 1, averageTalkMillis: 2000 });
    expect(totals([])).toEqual({ calls: 0, answered: 0, refused: 0, unanswered: 0 });
  });
});

describe('the heat map', () => {
  it('is a week of hours, also where less was told', () => {
    const map = heat([[0, 4], [2]]);
    expect(map.map((row) => row.length)).toEqual(Array(7).fill(24));
    expect([map[0]![1]!.share, map[1]![0]!.share, map[6]![23]!.share]).toEqual([1, 0.5, 0]);
  });

  it('has a busiest hour, or none', () => {
    expect(busiest([[0, 4], [9, 2]])).toEqual({ day: 1, hour: 0, calls: 9 });
    expect(busiest([[0], []])).toBeUndefined();
  });
});

describe('stacked series', () => {
  it('stand on each other, the highest first', () => {
    expect(stacked([[1, 2], [10, 20], [100, 0]])).toEqual([[111, 22], [11, 22], [1, 2]]);
  });
});
