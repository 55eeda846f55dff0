import { describe, expect, it } from 'vitest';
import type { Rung } from '../../api/types';
import { placed } from './rungs';

const rung = (at: string): Rung => ({ at, from: 'a', to: 'b', sent: false, transport: 'udp', edge: 'edge-1', what: 'INVITE', text: '', cut: false });

describe('rungs', () => {
  it('stand at the time since the first', () => {
    expect(placed([rung('2026-03-02T09:00:00.100Z'), rung('2026-03-02T09:00:00.250Z')]).map((one) => one.sinceMillis)).toEqual([0, 150]);
    expect(placed([])).toEqual([]);
  });
});
