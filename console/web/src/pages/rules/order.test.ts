import { describe, expect, it } from 'vitest';
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
  });
});
