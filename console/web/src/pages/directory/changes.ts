/** What applying a directory file changes, as the router tells it. Pure. */

export type Change = 'created' | 'updated' | 'removed';
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** What is not there before, or after, is left out. */
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
  /** What may not be meant: a path in the file, and what becomes of it. */
  warnings: { path: string; problem: string }[];
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
  /** A digest: by it the router does what was seen, and nothing else. */
  changes: string;
}

export type Changed = Item & { change: Change };

const ORDER: Change[] = ['removed', 'updated', 'created'];

/** What changes, that which cannot be taken back first; within that in the file's order. */
export function changed(report: Report): Changed[] {
  return ORDER.flatMap((change) => report.items.filter((item): item is Changed => item.change === change));
}

/** A value as somebody reads it: a text as it is, the rest as JSON; of nothing, nothing. */
export function shown(value: Json | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** What says nothing of an item that comes or goes: nothing, and what is empty. */
export function says(field: FieldChange): boolean {
  const empty = (value: Json | undefined) =>
    value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
  return !(empty(field.before) && empty(field.after));
}
