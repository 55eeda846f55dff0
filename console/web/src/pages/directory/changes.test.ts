import { describe, expect, it } from 'vitest';
import { changed, says, shown, type Item, type Report } from './changes';

const item = (name: string, change: Item['change']): Item => ({ kind: 'number', name, change, fields: [] });
const report = (items: Item[]): Report => ({ dry_run: true, items, warnings: [], created: 0, updated: 0, unchanged: 0, removed: 0, changes: '' });

describe('what a file changes', () => {
  it('begins with what is removed, and leaves out what stays', () => {
    const items = [item('a', 'created'), item('b', 'unchanged'), item('c', 'updated'), item('d', 'created'), item('e', 'removed')];
    expect(changed(report(items)).map((one) => one.name)).toEqual(['e', 'c', 'a', 'd']);
  });

  it('is a text as it is, and the rest as JSON', () => {
    expect(shown('***')).toBe('***');
    expect(shown(3)).toBe('3');
    expect(shown({ a: [1, 'x'] })).toBe('{"a":[1,"x"]}');
    expect(shown(undefined)).toBe('');
  });

  it('says nothing by what is empty, and something by what becomes empty', () => {
    expect(says({ field: 'label', after: '' })).toBe(false);
    expect(says({ field: 'config', after: {} })).toBe(false);
    expect(says({ field: 'active', after: false })).toBe(true);
    expect(says({ field: 'label', before: 'Shop', after: '' })).toBe(true);
  });
});
