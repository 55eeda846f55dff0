import type { Config, Configuration, Json } from '../../api/types';

/** The fields that people edit by name. Everything else in a number's own configuration stays as it is. */
export const NAMED = ['greeting', 'language', 'prompt'] as const;
export type NamedField = (typeof NAMED)[number];

export type Layer = 'suite' | 'organisation' | 'agent_instance' | 'own';

export interface Line {
  field: string;
  value: Json;
  /** The layer that the value comes from. */
  from: Layer;
  /** The value that applies without the number's own; missing if the number has no own value, or no layer below has one. */
  below?: { value: Json; from: Layer };
}

/** Returns a field's value without the number's own configuration, and its origin: the last layer that has the field. */
export function inherited(configuration: Configuration, field: string): { value: Json; from: Layer } | undefined {
  for (const from of ['agent_instance', 'organisation', 'suite'] as const) {
    const layer = configuration[from];
    if (layer !== undefined && Object.hasOwn(layer, field)) {
      const value = layer[field] ?? null;
      // null removes a field (RFC 7396).
      return value === null ? undefined : { value, from };
    }
  }
  return undefined;
}

/** Returns each field that a call gets, sorted by name, with its origin. */
export function lines(configuration: Configuration, own: Config): Line[] {
  return Object.keys(configuration.merged).sort().map((field) => {
    const below = inherited(configuration, field);
    const isOwn = Object.hasOwn(own, field);
    return {
      field,
      value: configuration.merged[field] ?? null,
      from: isOwn ? 'own' : below?.from ?? 'own',
      ...(isOwn && below !== undefined ? { below } : {}),
    };
  });
}

/**
 * Returns a number's own configuration with new texts. An empty text removes the number's own value, so the inherited one applies.
 *
 * @param texts texts of the named fields that were edited
 */
export function edited(own: Config, texts: Partial<Record<NamedField, string>>): Config {
  const next: Config = { ...own };
  for (const [field, text] of Object.entries(texts)) {
    if (text.trim() === '') {
      delete next[field];
    } else {
      next[field] = text;
    }
  }
  return next;
}

/** Formats a value for people: texts without quotes. */
export function written(value: Json | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
