import { describe, expect, it } from 'vitest';
import type { DeskCall, DeskPage } from '../api/types';
import { PAD, afterClosing, eventOf, fate, loudness, pause, sorted } from './phases';

const call = (callId: string, more: Partial<DeskCall> = {}): DeskCall => ({
  callId, organisation: 'bakery', number: '+1', caller: 'd14b5bc8', state: 'ringing', receivedAt: '2026-03-02T09:00:00Z', mine: false, ...more,
});
const page = (...calls: DeskCall[]): DeskPage => ({ on: true, calls });

describe('a connection that was closed', () => {
  it('is opened again, unless the call is over or went on in another window', () => {
    expect(afterClosing(undefined)).toBe('come-back');
    expect(afterClosing(3)).toBe('come-back');
    expect(afterClosing(9)).toBe('come-back');
    expect(afterClosing(2)).toBe('elsewhere');
    expect([4, 5, 10].map(afterClosing)).toEqual(['ended', 'ended', 'ended']);
  });

  it('is tried for more than half a minute, soon first', () => {
    expect(pause(1)).toBe(500);
    expect(pause(3)).toBe(2_000);
    const all = Array.from({ length: 12 }, (_, index) => pause(index + 1)!);
    expect(all.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(30_000);
    expect(pause(13)).toBeUndefined();
  });
});

describe('a call', () => {
  it('is ours until it is over or somebody else has it', () => {
    expect(fate(page(call('a', { mine: true, takenBy: 'anna' })), 'a')).toBe('ours');
    expect(fate(page(call('a', { takenBy: 'bob' })), 'a')).toBe('taken');
    expect(fate(page(call('b')), 'a')).toBe('gone');
  });

  it('waits, or is one that we have', () => {
    const found = sorted(page(call('a'), call('b', { mine: true }), call('c', { takenBy: 'bob' })));
    expect(found.waiting.map((one) => one.callId)).toEqual(['a', 'c']);
    expect(found.ours.map((one) => one.callId)).toEqual(['b']);
    expect(sorted(page(call('a'), call('b')), 'a').waiting.map((one) => one.callId)).toEqual(['b']);
    expect(sorted(undefined)).toEqual({ waiting: [], ours: [] });
  });
});

describe('a key', () => {
  it('is an event of RFC 4733', () => {
    expect(PAD.map(eventOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 11]);
    expect(['', '12', 'a', ' '].map(eventOf)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('a meter', () => {
  const tone = (amplitude: number) => Float32Array.from({ length: 960 }, (_, index) => amplitude * Math.sin((2 * Math.PI * 440 * index) / 48_000));

  it('shows decibels, from nothing to full', () => {
    expect(loudness(new Float32Array(960))).toBe(0);
    expect(loudness([])).toBe(0);
    expect(loudness(tone(0.0005))).toBe(0);
    expect(loudness(tone(0.1))).toBe(62);
    expect(loudness(tone(1))).toBe(95);
    expect(loudness([2, 2])).toBe(100);
  });
});
