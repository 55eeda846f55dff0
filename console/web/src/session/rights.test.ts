import { describe, expect, it } from 'vitest';
import { may } from './rights';

describe('rights', () => {
  it('let support read everything and change nothing', () => {
    expect(may('support', 'see-trunks')).toBe(true);
    expect(may('support', 'see-numbers')).toBe(true);
    for (const right of ['edit-numbers', 'own-numbers', 'act-on-calls', 'write-notes', 'erase-callers', 'take-calls', 'supervise', 'apply-files'] as const) {
      expect(may('support', right)).toBe(false);
    }
  });

  it('keep trunks and other organisations from a tenant', () => {
    expect(may('tenant', 'edit-numbers')).toBe(true);
    expect(may('tenant', 'see-trunks')).toBe(false);
    expect(may('tenant', 'own-numbers')).toBe(false);
    expect(may('tenant', 'apply-files')).toBe(false);
    expect(may('tenant', 'see-organisations')).toBe(false);
  });

  it('give a desk calls and notes, and no numbers', () => {
    expect(may('desk', 'act-on-calls')).toBe(true);
    expect(may('desk', 'write-notes')).toBe(true);
    expect(may('desk', 'take-calls')).toBe(true);
    expect(may('desk', 'see-numbers')).toBe(false);
    expect(may('desk', 'supervise')).toBe(false);
    expect(may('tenant', 'supervise')).toBe(true);
  });
});
