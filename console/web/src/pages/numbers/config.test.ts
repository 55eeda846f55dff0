import { describe, expect, it } from 'vitest';
import { edited, inherited, lines, written } from './config';

const configuration = {
  suite: { language: 'en', voice: 'a', secret: 'x' },
  organisation: { language: 'nl', secret: null },
  agent_instance: { prompt: 'You bake.' },
  merged: { language: 'nl', voice: 'a', prompt: 'You bake.', greeting: 'Hi' },
};

describe('what a number inherits', () => {
  it('is of the last layer that has it', () => {
    expect(inherited(configuration, 'language')).toEqual({ value: 'nl', from: 'organisation' });
    expect(inherited(configuration, 'voice')).toEqual({ value: 'a', from: 'suite' });
    expect(inherited(configuration, 'prompt')).toEqual({ value: 'You bake.', from: 'agent_instance' });
  });

  it('is nothing where a layer took it away, or none has it', () => {
    expect(inherited(configuration, 'secret')).toBeUndefined();
    expect(inherited(configuration, 'greeting')).toBeUndefined();
  });
});

describe('what a call gets', () => {
  it('says for each field whose it is, and what lies below an own one', () => {
    const own = { greeting: 'Hi', language: 'it' };
    expect(lines({ ...configuration, merged: { ...configuration.merged, language: 'it' } }, own)).toEqual([
      { field: 'greeting', value: 'Hi', from: 'own' },
      { field: 'language', value: 'it', from: 'own', below: { value: 'nl', from: 'organisation' } },
      { field: 'prompt', value: 'You bake.', from: 'agent_instance' },
      { field: 'voice', value: 'a', from: 'suite' },
    ]);
  });
});

describe('an own configuration', () => {
  it('keeps what nobody edited, and loses what was emptied', () => {
    expect(edited({ greeting: 'Hi', tools: ['a'], language: 'nl' }, { greeting: 'Hello', language: ' ' }))
      .toEqual({ greeting: 'Hello', tools: ['a'] });
  });
});

describe('a value', () => {
  it('is read without quotes', () => {
    expect([written('Hi'), written(3), written({ a: 1 }), written(undefined)]).toEqual(['Hi', '3', '{"a":1}', '']);
  });
});
