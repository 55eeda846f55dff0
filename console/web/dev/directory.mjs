// A directory as a file, and the router's answers to one.
export const DIRECTORY = `# *** is a secret that is not shown: applied where it came from, what is stored stays.
organisations:
- name: "bakery"
  config:
    greeting: "Welkom bij de bakkerij."
  numbers:
  - phone_number: "+3225550100"
    label: "Orders"
    max_concurrent_calls: 5
trunks:
- name: "carrier-be"
  addresses: ["203.0.113.0/29"]
  country: "BE"
rules:
- name: "bakery-orders"
  organisation: "bakery"
  trunks: ["carrier-be"]
  type: "individual"
`;

/** Returns the router's answer to a file: no changes, or some of each kind. */
export function difference(same, dryRun, whole) {
  const items = same ? [] : [
    {
      kind: 'number', name: '+3225550107', change: 'created',
      fields: [{ field: 'organisation', after: 'bakery' }, { field: 'label', after: 'Cakes' }, { field: 'config_override', after: {} }, { field: 'max_concurrent_calls', after: 3 }],
    },
    {
      kind: 'organisation', name: 'bakery', change: 'updated',
      fields: [{ field: 'config.greeting', before: 'Welkom bij de bakkerij.', after: 'Goedemorgen, de bakkerij.' }, { field: 'config.webhook.secret', before: '***', after: '***' }, { field: 'max_concurrent_calls', after: 20 }],
    },
    ...(whole ? [{ kind: 'rule', name: 'clinic-night', change: 'removed', fields: [{ field: 'trunks', before: ['carrier-be'] }, { field: 'type', before: 'direct' }] }] : []),
  ];
  const count = (change) => items.filter((item) => item.change === change).length;
  return {
    dry_run: dryRun, items, created: count('created'), updated: count('updated'), removed: count('removed'), unchanged: 12, changes: '0a1b',
    warnings: same ? [] : [{ path: 'organisations[0].numbers[1]', problem: '+3225550107 says no max_concurrent_calls: a second call at once is refused with 486' }],
  };
}
