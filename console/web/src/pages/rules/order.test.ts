import { describe, expect, it } from 'vitest';
import type { Json } from '../../api/types';
import { inOrder, target } from './order';

describe('rules', () => {
  it('stand as the router tries them', () => {
    const rules = [
      { name: 'wildcard', type: 'direct', priority: 9 },
      { name: 'any-number', type: 'direct', trunks: ['pbx'] },
      { name: 'b', type: 'direct', trunks: ['pbx'], numbers: ['1'] },
      { name: 'a', type: 'direct', trunks: ['pbx'], numbers: ['2'] },
      { name: 'first', type: 'direct', trunks: ['pbx'], priority: 5 },
    ];
    expect(inOrder(rules).map((rule) => rule.name)).toEqual(['first', 'a', 'b', 'any-number', 'wildcard']);
  });

  it('say where calls go, and no key of a webhook', () => {
    expect(target({ name: 'a', type: 'webhook', url: 'https://a.example/calls?key=secret' })).toBe('https://a.example/calls');
    expect(target({ name: 'a', type: 'individual', room_prefix: 'demo' })).toBe('demo_…');
    expect(target({ name: 'a', type: 'desk' })).toBe('');
    expect(target({ name: 'a', type: 'redirect', redirect_to: 'sip:b@c.example' })).toBe('sip:b@c.example');
  });

  it('say to whom they forward, whichever way it is written', () => {
    const to = (forward_to: Json) => target({ name: 'a', type: 'forward', forward_to });
    expect(to('+3225550199')).toBe('+3225550199');
    expect(to({ to: '+3225550199', trunk: 'phone' })).toBe('+3225550199');
    expect(to(['1000', ['1001', { to: 'sip:a@b.example' }]])).toBe('1000, 1001 + sip:a@b.example');
  });
});
