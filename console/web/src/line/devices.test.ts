import { describe, expect, it } from 'vitest';
import { named } from './devices';

describe('devices', () => {
  it('are those of one kind that have a name, without the aliases of the browser', () => {
    const all = [
      { kind: 'audioinput', deviceId: 'default', label: 'Default - Headset' }, { kind: 'audioinput', deviceId: 'a', label: 'Headset' },
      { kind: 'audioinput', deviceId: '', label: '' }, { kind: 'audiooutput', deviceId: 'b', label: 'Speaker' },
      { kind: 'audioinput', deviceId: 'communications', label: 'Communications - Headset' }, { kind: 'videoinput', deviceId: 'c', label: 'Camera' },
    ];
    expect(named(all, 'audioinput')).toEqual([{ id: 'a', label: 'Headset' }]);
    expect(named(all, 'audiooutput')).toEqual([{ id: 'b', label: 'Speaker' }]);
  });
});
