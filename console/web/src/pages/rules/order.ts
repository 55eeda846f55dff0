import type { Json, Rule } from '../../api/types';

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
  if (rule.forward_to !== undefined) {
    return forward(rule.forward_to, ', ');
  }
  return rule.room_name ?? rule.redirect_to ?? rule.template ?? (rule.room_prefix === undefined ? '' : `${rule.room_prefix}_…`);
}

/** Targets one after the other, and with a plus between those that ring at once. */
function forward(to: Json, between: string): string {
  if (Array.isArray(to)) {
    return to.map((each) => forward(each, ' + ')).join(between);
  }
  if (typeof to === 'object' && to !== null) {
    return forward(to.to ?? '', between);
  }
  return to === null ? '' : String(to);
}
