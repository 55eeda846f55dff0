import { describe, expect, it } from 'vitest';
import { NONE, failed, isOpen, isUnderWay, kept, told, whyOf, type HandOver } from './handOver';

const asked: HandOver = { is: 'asked', to: '+3225550198', first: false };
const said = (what: object) => JSON.stringify({ transfer: 't-1', ...what });

describe('a hand-over', () => {
  it('rings, and the caller has somebody else', () => {
    const rings = told(asked, said({ state: 'started', leg: 'l-1' }));
    expect(rings).toEqual({ is: 'rings', to: '+3225550198', first: false });
    expect(told(rings as HandOver, said({ state: 'succeeded', leg: 'l-1' }))).toEqual({ is: 'done' });
  });

  it('is one in which we speak first where the suite says so', () => {
    expect(told(asked, said({ state: 'consulting', participant: 'sip_x' }))).toEqual({ is: 'speaks', to: '+3225550198', first: true });
  });

  it('fails with the status of SIP, or the code of what was refused', () => {
    expect(told(asked, said({ state: 'failed', status: 486, detail: 'The called party was busy.' })))
      .toEqual({ is: 'failed', to: '+3225550198', why: 'busy', detail: 'The called party was busy.' });
    expect(told(asked, said({ state: 'failed', code: 429, detail: 'More than 6 a minute.' }))).toMatchObject({ why: 'other', detail: 'More than 6 a minute.' });
    expect([600, 408, 480, 603, 404, 484, 604, 403, 487, 500, undefined].map(whyOf)).toEqual(
      ['busy', 'no-answer', 'no-answer', 'declined', 'unknown', 'unknown', 'unknown', 'forbidden', 'taken-back', 'other', 'other']);
    expect(failed(asked, 500, 'x'.repeat(1_000))).toMatchObject({ detail: 'x'.repeat(300) });
  });

  it('goes on whatever else is said', () => {
    for (const text of ['', '[', '7', 'null', '[]', '{}', '{"state": 7}', said({ state: 'replaced' })]) {
      expect(told(asked, text)).toBe(asked);
    }
    expect(told(asked, '{"state": "failed", "status": "486", "detail": 7}')).toEqual({ is: 'failed', to: '+3225550198', why: 'other', detail: '' });
  });

  it('is known after a reload by what is said of it', () => {
    expect(told(NONE, said({ state: 'started' }))).toEqual({ is: 'rings', to: '', first: false });
  });

  it('may go on after an error of LiveKit, which has not heard the end of it', () => {
    expect([1_500, 1_501, 1_502, 1_503].every(isOpen)).toBe(true);
    expect([0, 400, 486, 1_400, 1_504].some(isOpen)).toBe(false);
    expect([asked, told(asked, said({ state: 'started' }))].every((one) => isUnderWay(one as HandOver))).toBe(true);
    expect([NONE, failed(asked, 486, '')].some(isUnderWay)).toBe(false);
  });
});

describe('a caller who is to go back to the agent', () => {
  it('stays with us for a reason', () => {
    expect(kept(480, 'No agent came within 10 s.')).toEqual({ is: 'failed', why: 'nobody', detail: 'No agent came within 10 s.' });
    expect(kept(404, 'The rule desk leads to no agent.')).toMatchObject({ why: 'no-rule' });
    expect([409, 429, 1_502, undefined].map((code) => kept(code, ''))).toEqual(Array(4).fill({ is: 'failed', why: 'other', detail: '' }));
    expect(kept(500, 'x'.repeat(1_000))).toMatchObject({ detail: 'x'.repeat(300) });
  });
});
