import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Format } from '../text/format';
import en from './en.json';
import { LANGUAGES, chosen, filled, isKey, textsOf, type Key, type Language, type Texts, type Values } from './texts';

interface I18n {
  language: Language;
  choose: (language: Language) => void;
  t: (key: Key, values?: Values) => string;
  /** Returns a text whose key comes from the server, for example a reason; `otherwise` if this version does not know the key. */
  tOr: (key: string, otherwise: string) => string;
  format: Format;
}

const STORED = 'trunkline-language';
const Context = createContext<I18n | undefined>(undefined);

function stored(): string[] {
  try {
    const language = localStorage.getItem(STORED);
    return language === null ? [] : [language];
  } catch {
    return [];
  }
}

export function I18nProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => chosen([...stored(), ...navigator.languages]));
  const [texts, setTexts] = useState<{ language: Language; texts: Texts }>({ language: 'en', texts: en });

  useEffect(() => {
    let wanted = true;
    void textsOf(language).then((found) => {
      if (wanted) {
        setTexts({ language, texts: found });
        document.documentElement.lang = language;
      }
    });
    return () => {
      wanted = false;
    };
  }, [language]);

  const choose = useCallback((wish: Language) => {
    try {
      localStorage.setItem(STORED, wish);
    } catch {
      // Without storage, the choice lasts for this visit only.
    }
    setLanguage(wish);
  }, []);

  const value = useMemo<I18n>(() => ({
    language: texts.language,
    choose,
    t: (key, values) => filled(texts.texts[key], values),
    tOr: (key, otherwise) => (isKey(texts.texts, key) ? texts.texts[key] : otherwise),
    format: new Format(texts.language),
  }), [texts, choose]);

  // Draws nothing before the language is loaded, to avoid a flash of the wrong one.
  return texts.language === language ? <Context value={value}>{children}</Context> : null;
}

export function useI18n(): I18n {
  const value = useContext(Context);
  if (value === undefined) {
    throw new Error('useI18n stands outside I18nProvider.');
  }
  return value;
}

export const LANGUAGE_NAMES: Record<(typeof LANGUAGES)[number], string> = {
  en: 'English', nl: 'Nederlands', it: 'Italiano', de: 'Deutsch',
};
