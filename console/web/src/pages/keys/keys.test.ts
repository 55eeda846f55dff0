import { describe, expect, it } from 'vitest';
import type { ApiKey } from '../../api/types';
import { stateOf } from './keys';

const KEY: ApiKey = { id: '1', name: 'reports', beginning: 'tlk_abcdef', role: 'support', madeAt: '2026-01-01T00:00:00Z', madeBy: 'admin' };
const NOW = new Date('2026-06-01T00:00:00Z');

describe('a key', () => {
  it('works until it ends or is revoked', () => {
    expect(stateOf(KEY, NOW)).toBe('works');
    expect(stateOf({ ...KEY, endsAt: '2026-06-01T00:00:01Z' }, NOW)).toBe('works');
    expect(stateOf({ ...KEY, endsAt: '2026-06-01T00:00:00Z' }, NOW)).toBe('ended');
    expect(stateOf({ ...KEY, endsAt: '2026-05-01T00:00:00Z', revokedAt: '2026-04-01T00:00:00Z' }, NOW)).toBe('revoked');
  });
});
