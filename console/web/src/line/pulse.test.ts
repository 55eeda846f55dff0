import { describe, expect, it } from 'vitest';
import { Pulse, packetsOf } from './pulse';

describe('a pulse', () => {
  const after = (...looks: (number | undefined)[]) => {
    const pulse = new Pulse();
    looks.forEach((packets) => pulse.look(packets));
    return pulse.alive;
  };

  it('is there until no packet has come for three looks', () => {
    expect(after()).toBe(true);
    expect(after(0)).toBe(true);
    expect(after(7, 7, 7)).toBe(true);
    expect(after(7, 7, 7, 7)).toBe(false);
  });

  it('is back with the first packet, also on another connection', () => {
    expect(after(7, 7, 7, 7, 8)).toBe(true);
    expect(after(7, 7, 7, 7, 0)).toBe(true);
  });

  it('is there where nothing is known', () => {
    expect(after(undefined, undefined, undefined, undefined)).toBe(true);
    expect(after(7, 7, 7, 7, undefined)).toBe(true);
  });
});

describe('the packets of a sender', () => {
  const sender = (...stats: object[]) => ({ getStats: () => Promise.resolve(new Map(stats.map((one, index) => [String(index), one])) as unknown as RTCStatsReport) });

  it('are those of its transports', async () => {
    expect(await packetsOf(sender({ type: 'transport', packetsReceived: 4 }, { type: 'outbound-rtp', packetsReceived: 9 }))).toBe(4);
    expect(await packetsOf(sender({ type: 'transport' }))).toBeUndefined();
    expect(await packetsOf(undefined)).toBeUndefined();
  });
});
