import en from './en.json';

export const LANGUAGES = ['en', 'nl', 'it', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Key = keyof typeof en;
export type Texts = Record<Key, string>;
export type Values = Record<string, string | number>;

/** English is part of the page's own bundle; the other languages are fetched when needed. */
export async function textsOf(language: Language): Promise<Texts> {
  switch (language) {
    case 'en': return en;
    case 'nl': return (await import('./nl.json')).default;
    case 'it': return (await import('./it.json')).default;
    case 'de': return (await import('./de.json')).default;
  }
}

/** Returns the first preferred language that exists, by its first two letters; otherwise English. */
export function chosen(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const found = LANGUAGES.find((language) => language === wish.slice(0, 2).toLowerCase());
    if (found !== undefined) {
      return found;
    }
  }
  return 'en';
}

/** Replaces `{name}` in a text by the value of that name. A name without a value stays in the text, to be noticed. */
export function filled(text: string, values: Values = {}): string {
  return text.replace(/\{([a-zA-Z0-9]+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function isKey(texts: Texts, key: string): key is Key {
  return Object.hasOwn(texts, key);
}
