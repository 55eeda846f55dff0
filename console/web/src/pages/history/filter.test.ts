import { describe, expect, it } from 'vitest';
import { asked, daysOf, periodOf, setFields, span } from './filter';

const query = (text: string) => new URLSearchParams(text);
// A Monday in winter time, 11:30 in Brussels.
const now = new Date('2026-03-02T10:30:00Z');

describe('a period', () => {
  it('is the last seven days where nobody says, or says what nobody knows', () => {
    expect(periodOf(query(''))).toBe('7d');
    expect(periodOf(query('period=century'))).toBe('7d');
  });

  it('is of whole days of the reader', () => {
    expect(span(query('period=today'), now)).toEqual({ from: '2026-03-01T23:00:00.000Z', to: '2026-03-02T23:00:00.000Z' });
    expect(span(query('period=yesterday'), now)).toEqual({ from: '2026-02-28T23:00:00.000Z', to: '2026-03-01T23:00:00.000Z' });
    expect(span(query(''), now).from).toBe('2026-02-23T23:00:00.000Z');
  });

  it('has 23 hours where summer time begins, and 25 where it ends', () => {
    const hours = (text: string) => {
      const { from, to } = span(query(`period=custom&from=${text}&to=${text}`), now);
      return (Date.parse(to) - Date.parse(from)) / 3_600_000;
    };
    expect(hours('2026-03-29')).toBe(23);
    expect(hours('2026-10-25')).toBe(25);
    expect(hours('2026-06-01')).toBe(24);
  });

  it('of one’s own is turned round where it ends before it begins, and is the usual one where it is no date', () => {
    expect(span(query('period=custom&from=2026-03-02&to=2026-03-01'), now))
      .toEqual(span(query('period=custom&from=2026-03-01&to=2026-03-02'), now));
    expect(span(query('period=custom&from=soon&to='), now)).toEqual(span(query(''), now));
  });

  it('has its days, also over a change of the clock', () => {
    expect(daysOf(span(query('period=custom&from=2026-03-28&to=2026-03-30'), now))).toEqual(['2026-03-28', '2026-03-29', '2026-03-30']);
    expect(daysOf(span(query(''), now))).toHaveLength(7);
  });
});

describe('a question', () => {
  it('has the filters that are set and no other field of the address', () => {
    expect(asked(query('period=today&outcome=refused&reason=&search=bread&evil=1'), now)).toEqual({
      from: '2026-03-01T23:00:00.000Z', to: '2026-03-02T23:00:00.000Z', trial: 'with', outcome: 'refused', search: 'bread',
    });
    expect(setFields(query('period=today&outcome=refused&reason='))).toEqual(['outcome']);
  });

  it('is of trials too, until somebody leaves them out', () => {
    expect(asked(query(''), now).trial).toBe('with');
    expect(asked(query('trial=no'), now).trial).toBe('no');
  });
});
