/** Changes made by applying a directory file, as reported by the router. Pure. */

export type Change = 'created' | 'updated' | 'removed';
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** A value that does not exist before or after is missing. */
export interface FieldChange {
  field: string;
  before?: Json;
  after?: Json;
}

export interface Item {
  kind: string;
  name: string;
  change: Change | 'unchanged';
  fields: FieldChange[];
}

export interface Report {
  dry_run: boolean;
  items: Item[];
  /** Possibly unintended entries: the path in the file, and the consequence. */
  warnings: { path: string; problem: string }[];
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
  /** Digest of the changes, with which the router applies exactly what was shown, and nothing else. */
  changes: string;
}

export type Changed = Item & { change: Change };

const ORDER: Change[] = ['removed', 'updated', 'created'];

/** Returns the changes, irreversible ones first; otherwise in the file's order. */
export function changed(report: Report): Changed[] {
  return ORDER.flatMap((change) => report.items.filter((item): item is Changed => item.change === change));
}

/** Formats a value for readers: text unchanged, other values as JSON; the empty string for undefined. */
export function shown(value: Json | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a field says something about a created or removed item: not if it is missing or empty on both sides. */
export function says(field: FieldChange): boolean {
  const empty = (value: Json | undefined) =>
    value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
  return !(empty(field.before) && empty(field.after));
}
