import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENDS, REFUSALS } from '../pages/history/reasons';
import { LANGUAGES, chosen, filled, textsOf, type Texts } from './texts';

const files = new Map<string, Texts>(await Promise.all(LANGUAGES.map(async (name) => [name, await textsOf(name)] as const)));
const english = files.get('en')!;
const placeholders = (text: string) => (text.match(/\{[a-zA-Z0-9]+\}/g) ?? []).sort();

describe.each(LANGUAGES.filter((name) => name !== 'en'))('the texts in %s', (name) => {
  const texts = files.get(name)!;

  it('have the keys of the English ones, in their order', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(english));
  });

  it('have the same values to be filled in', () => {
    for (const [key, text] of Object.entries(english)) {
      expect(placeholders(texts[key as keyof Texts]), key).toEqual(placeholders(text));
    }
  });

  it('are all written', () => {
    expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

describe('reasons', () => {
  const codes = (file: string) =>
    [...readFileSync(new URL(`../../../../call-events/src/main/java/dev/trunkline/events/${file}`, import.meta.url), 'utf8')
      .matchAll(/^ {4}[A-Z_]+\("([a-z-]+)", \d/gm)].map((match) => match[1]!);

  it.each([['RefusalReason.java', REFUSALS], ['EndReason.java', ENDS]])('of %s are those of the contract, and have words', (file, known) => {
    expect(codes(file)).toEqual([...known]);
    expect(known.filter((code) => !Object.hasOwn(english, `reason.${code}`))).toEqual([]);
  });
});

describe('every text', () => {
  const folder = new URL('../', import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');

  it('is used by a page, by its key or by the beginning of it', () => {
    const beginning = (key: string) => key.slice(0, key.lastIndexOf('.') + 1);
    const used = (key: string) =>
      sources.includes(`'${key}'`) || (key.includes('.') && sources.includes(`\`${beginning(key)}\${`));
    expect(Object.keys(english).filter((key) => !used(key))).toEqual([]);
  });
});

describe('a language', () => {
  it('is the first wish that there is', () => {
    expect(chosen(['fr-BE', 'nl-BE', 'en'])).toBe('nl');
    expect(chosen(['IT'])).toBe('it');
    expect(chosen(['fr'])).toBe('en');
    expect(chosen([])).toBe('en');
  });
});

describe('a text', () => {
  it('is filled with values, and shows one that is missing', () => {
    expect(filled('{calls} of {limit}', { calls: 3 })).toBe('3 of {limit}');
    expect(filled('none')).toBe('none');
    expect(filled('within {p90}', { p90: '2 s' })).toBe('within 2 s');
  });
});
