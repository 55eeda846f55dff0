import { describe, expect, it } from 'vitest';
import { line } from './quality';

describe('the line of quality', () => {
  it('goes from the first minute to the last, the best above', () => {
    expect(line([{ sinceMillis: 1_000, mos: 4.5 }, { sinceMillis: 61_000, mos: 1 }], 100, 50)).toBe('0,0 100,50');
  });

  it('is level where there is one minute, and keeps within its drawing', () => {
    expect(line([{ sinceMillis: 0, mos: 9 }], 100, 50)).toBe('0,0 100,0');
    expect(line([], 100, 50)).toBe('');
  });
});
