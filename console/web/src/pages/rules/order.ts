import type { Rule } from '../../api/types';

/**
 * Rules in the order in which the router tries them: those that name trunks before wildcards, then the higher priority, then the more
 * specific, then by name, where the router takes the oldest.
 */
export function inOrder(rules: readonly Rule[]): Rule[] {
  return [...rules].sort((one, other) =>
    Number(namesTrunk(other)) - Number(namesTrunk(one))
    || (other.priority ?? 0) - (one.priority ?? 0)
    || specific(other) - specific(one)
    || one.name.localeCompare(other.name));
}

export function namesTrunk(rule: Rule): boolean {
  return (rule.trunks?.length ?? 0) > 0;
}

/** How many of the fields by which calls are chosen are set. */
function specific(rule: Rule): number {
  return Number(rule.organisation !== undefined) + Number((rule.numbers?.length ?? 0) > 0) + Number((rule.inbound_numbers?.length ?? 0) > 0);
}

/** Where its calls go, in a word or two: a room, an address, a URL without what may be secret in it. */
export function target(rule: Rule): string {
  if (rule.url !== undefined) {
    return rule.url.replace(/[?#].*$/, '');
  }
  return rule.room_name ?? rule.forward_to ?? rule.template ?? (rule.room_prefix === undefined ? '' : `${rule.room_prefix}_…`);
}
