import { describe, expect, it } from 'vitest';
import { Format, duration, heard } from './format';

describe('a talk time', () => {
  it.each([[0, '0:00'], [7_400, '0:07'], [754_000, '12:34'], [3_723_000, '1:02:03'], [-5, '0:00']])('of %d ms is %s', (millis, text) => {
    expect(duration(millis)).toBe(text);
  });
});

describe('a moment', () => {
  it('is told in the zone of whoever reads', () => {
    // 09:15 UTC as seen in Brussels, in winter and in summer.
    expect(new Format('en').time('2026-03-02T09:15:30Z')).toBe('10:15:30');
    expect(new Format('en').time('2026-07-02T09:15:30Z')).toBe('11:15:30');
  });

  it('is told in the language', () => {
    expect(new Format('nl').dateTime('2026-03-02T09:15:30Z')).toContain('mrt');
    expect(new Format('it').day('2026-03-02T09:15:30Z')).toContain('lunedì');
  });

  it('of the calendar is the same day in every zone', () => {
    expect(new Format('en').calendarDay('2026-03-29')).toBe('29 Mar');
  });
});

describe('a week', () => {
  it('begins on Monday', () => {
    expect([0, 6].map((day) => new Format('de').weekday(day))).toEqual(['Mo', 'So']);
  });
});

describe('figures', () => {
  it('are written as the language writes them', () => {
    expect(new Format('de').count(12_345)).toBe('12.345');
    expect(new Format('en').percent(0.957)).toBe('95.7%');
    expect(new Format('en').millis(58)).toBe('58 ms');
    expect(new Format('it').millis(1_240)).toBe('1,2 s');
  });

  it('of quality are words', () => {
    expect([4.4, 3.8, 3.2, 2].map(heard)).toEqual(['good', 'good', 'fair', 'poor']);
  });
});
