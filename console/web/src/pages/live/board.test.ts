import { describe, expect, it } from 'vitest';
import type { LiveCall } from '../../api/types';
import { EMPTY, after, shown, type Board, type Told } from './board';

const call = (callId: string, more: Partial<LiveCall> = {}): LiveCall => ({
  callId, direction: 'inbound', state: 'up', receivedAt: '2026-03-02T09:00:00Z', ...more,
});
const counts = { organisations: [{ name: 'demo', calls: 1 }], numbers: [] };
const told = (...what: Told[]): Board => what.reduce(after, EMPTY);
const ids = (board: Board, filter = {}) => shown(board, filter).map((one) => one.callId);

describe('the board', () => {
  it('shows a call when it comes, and no more when it is gone', () => {
    expect(ids(told({ is: 'call', call: call('a') }))).toEqual(['a']);
    expect(ids(told({ is: 'call', call: call('a') }, { is: 'gone', callId: 'a' }))).toEqual([]);
  });

  it('bears what comes twice', () => {
    const board = told({ is: 'call', call: call('a') }, { is: 'call', call: call('a', { state: 'held' }) }, { is: 'gone', callId: 'b' });
    expect(shown(board, {}).map((one) => one.state)).toEqual(['held']);
  });

  it('is replaced by a page, so that nothing stays of before the stream broke', () => {
    const board = told({ is: 'call', call: call('old') }, { is: 'page', page: { calls: [call('new')], counts } });
    expect(ids(board)).toEqual(['new']);
    expect(board.counts).toBe(counts);
  });

  it('knows whether it was ever told, for no calls and nothing known are not the same', () => {
    expect(EMPTY.read).toBe(false);
    expect(told({ is: 'counts', counts }).read).toBe(false);
    expect(told({ is: 'page', page: { calls: [], counts } }).read).toBe(true);
  });

  it('does not change the board before', () => {
    const before = told({ is: 'call', call: call('a') });
    after(before, { is: 'gone', callId: 'a' });
    expect(ids(before)).toEqual(['a']);
  });

  it('has who waits first, then the oldest', () => {
    const board = told(
      { is: 'call', call: call('late', { receivedAt: '2026-03-02T09:05:00Z' }) },
      { is: 'call', call: call('early') },
      { is: 'call', call: call('rings', { state: 'ringing', receivedAt: '2026-03-02T09:09:00Z' }) });
    expect(ids(board)).toEqual(['rings', 'early', 'late']);
  });

  it('can be of one organisation, number or agent', () => {
    const board = told(
      { is: 'call', call: call('a', { organisation: { id: '1', name: 'bakery' }, number: '+1', agent: 'x' }) },
      { is: 'call', call: call('b', { organisation: 'cinema', number: '+2', agent: 'y' }) });
    expect(ids(board, { organisation: 'bakery' })).toEqual(['a']);
    expect(ids(board, { organisation: 'cinema' })).toEqual(['b']);
    expect(ids(board, { number: '+2' })).toEqual(['b']);
    expect(ids(board, { agent: 'x' })).toEqual(['a']);
  });
});
