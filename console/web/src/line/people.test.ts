import { describe, expect, it } from 'vitest';
import { isCaller, isHeld, isPhone, isSupervisor, isTalking } from './people';

const who = (attributes: Record<string, string>) => ({ attributes });
const nothing = who({});

describe('those in the room', () => {
  it('are the caller, whom the caller is handed over to, and people', () => {
    const caller = who({ 'sip.callStatus': 'active' });
    const called = who({ 'sip.callStatus': 'ringing', 'trunkline.parent': 'call-1' });
    const person = who({});
    expect([caller, called, person].map(isCaller)).toEqual([true, false, false]);
    expect([caller, called, person].map(isPhone)).toEqual([true, true, false]);
    expect([caller, called, person].map(isTalking)).toEqual([true, false, false]);
  });

  it('are held, and supervise, where the attribute says so', () => {
    expect([who({ 'trunkline.held': 'true' }), who({ 'trunkline.held': '' }), nothing].map(isHeld)).toEqual([true, false, false]);
    expect([who({ 'trunkline.supervisor': 'true' }), nothing].map(isSupervisor)).toEqual([true, false]);
  });
});
