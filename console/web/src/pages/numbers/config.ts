import type { Config, Configuration, Json } from '../../api/types';

/** The fields that people edit by name; whatever else a number's own configuration has stays as it is. */
export const NAMED = ['greeting', 'language', 'prompt'] as const;
export type NamedField = (typeof NAMED)[number];

export type Layer = 'suite' | 'organisation' | 'agent_instance' | 'own';

export interface Line {
  field: string;
  value: Json;
  /** Where it comes from. */
  from: Layer;
  /** What it would be without the number's own value; left out where it has none, or nothing is below it. */
  below?: { value: Json; from: Layer };
}

/** What a field is without the number's own configuration, and where that comes from: the last layer that has it. */
export function inherited(configuration: Configuration, field: string): { value: Json; from: Layer } | undefined {
  for (const from of ['agent_instance', 'organisation', 'suite'] as const) {
    const layer = configuration[from];
    if (layer !== undefined && Object.hasOwn(layer, field)) {
      const value = layer[field] ?? null;
      // null takes a field away (RFC 7396).
      return value === null ? undefined : { value, from };
    }
  }
  return undefined;
}

/** Each field that a call gets, in the order of names, with where it comes from. */
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
 * A number's own configuration with other texts; an empty text takes the own value away, so that the inherited one counts.
 *
 * @param texts of the named fields that were edited
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

/** A value as people read it: texts without quotes. */
export function written(value: Json | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
