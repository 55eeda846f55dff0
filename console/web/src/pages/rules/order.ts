import type { Json, Rule } from '../../api/types';

/**
 * Returns the rules in the order in which the router tries them: rules that name trunks before wildcards, then higher priority, then
 * more specific, and then by name, whereas the router takes the oldest.
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

/** Returns how many of the fields that select calls are set. */
function specific(rule: Rule): number {
  return Number(rule.organisation !== undefined) + Number((rule.numbers?.length ?? 0) > 0) + Number((rule.inbound_numbers?.length ?? 0) > 0);
}

/** Returns where a rule's calls go, in a word or two: a room, an address, or a URL without its possibly secret parts. */
export function target(rule: Rule): string {
  if (rule.url !== undefined) {
    return rule.url.replace(/[?#].*$/, '');
  }
  if (rule.forward_to !== undefined) {
    return forward(rule.forward_to, ', ');
  }
  return rule.room_name ?? rule.redirect_to ?? rule.template ?? (rule.room_prefix === undefined ? '' : `${rule.room_prefix}_…`);
}

/** Formats targets one after the other, with a plus between those that ring at the same time. */
function forward(to: Json, between: string): string {
  if (Array.isArray(to)) {
    return to.map((each) => forward(each, ' + ')).join(between);
  }
  if (typeof to === 'object' && to !== null) {
    return forward(to.to ?? '', between);
  }
  return to === null ? '' : String(to);
}
