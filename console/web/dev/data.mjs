// Example answers: invented numbers, names and calls, the same at every start.

/** mulberry32: returns numbers from 0 to 1 that look random and are the same at every start. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const USERS = {
  admin: { role: 'admin' },
  demo: { role: 'tenant', organisation: { id: 'org-bakery', name: 'bakery' } },
  desk: { role: 'desk', organisation: { id: 'org-bakery', name: 'bakery' } },
  support: { role: 'support' },
};

export const ORGANISATIONS = [{ name: 'bakery', label: 'Bakery' }, { name: 'cinema', label: 'Cinema' }, { name: 'clinic', label: 'Clinic' }];
const LIMITS = { bakery: 12, cinema: 6, clinic: 4 };

const SUITE = { language: 'en', voice: 'amber' };
const LAYERS = {
  bakery: { language: 'nl', greeting: 'Welkom bij de bakkerij.', opening_hours: 'Mon–Sat 7:00–18:30' },
  cinema: { greeting: 'Welcome to the cinema.' },
  clinic: { greeting: 'You have reached the clinic.', language: 'de' },
};
const INSTANCES = { orders: { prompt: 'You take orders for bread and cakes. Ask for the day and the name, and repeat the order at the end.' } };

export function numbers() {
  const made = (phone_number, organisation, label, more = {}) => ({
    phone_number, organisation, label, active: true, config_override: {}, max_concurrent_calls: 4, assigned_by: 'admin',
    assigned_at: '2026-02-11T08:30:00Z', ...more,
  });
  return [
    made('+3225550100', 'bakery', 'Orders', {
      agent_instance: 'orders', config_override: { greeting: 'Goedemorgen, u spreekt met de bakkerij. Wat mag het zijn?', tools: ['orders', 'calendar'] },
      max_concurrent_calls: 10, own_concurrent_calls: 8, caller_rate: { calls: 10, window_seconds: 3600 },
    }),
    made('+3225550101', 'bakery', 'Wholesale', { agent_instance: 'orders' }),
    made('+3225550102', 'bakery', 'Complaints', { active: false }),
    made('+3225550110', 'cinema', 'Tickets', { max_concurrent_calls: 6 }),
    made('+3225550111', 'cinema', 'Programme of the week'),
    made('+3225550120', 'clinic', 'Appointments', { config_override: { language: 'fr' } }),
    made('10*@pbx', 'clinic', 'Internal numbers of the PBX', { max_concurrent_calls: 20 }),
    made('+3225550130', undefined, '', {}),
    made('+3225550131', undefined, '', {}),
  ];
}

export function configuration(number) {
  const layers = [SUITE, LAYERS[number.organisation] ?? {}, INSTANCES[number.agent_instance] ?? {}, number.config_override];
  return {
    suite: SUITE,
    ...(number.organisation ? { organisation: LAYERS[number.organisation] ?? {} } : {}),
    ...(number.agent_instance ? { agent_instance: INSTANCES[number.agent_instance] ?? {} } : {}),
    merged: Object.assign({}, ...layers),
  };
}

export function numberHistory(now) {
  const at = (days) => new Date(now - days * DAY).toISOString();
  return [
    {
      id: 9, at: at(0.2), what: 'changed', by: 'demo', by_tenant: true, via: 'api', to: 'bakery',
      fields: [{ field: 'config_override.greeting', before: 'Goedendag, met de bakkerij.', after: 'Goedemorgen, u spreekt met de bakkerij. Wat mag het zijn?' }],
    },
    { id: 7, at: at(3), what: 'changed', by: 'demo', by_tenant: true, via: 'api', to: 'bakery', fields: [{ field: 'active', before: false, after: true }, { field: 'own_concurrent_calls', after: 8 }] },
    { id: 4, at: at(18), what: 'assigned', by: 'admin', via: 'api', to: 'bakery' },
    { id: 2, at: at(18.1), what: 'added', by: 'admin', via: 'file' },
  ];
}

const AGENTS = ['baker-7f2c', 'baker-a41d', 'tickets-03be', 'nurse-55e0'];
const REFUSALS = [
  ['number-busy', 486, 'The called number has reached its limit of concurrent calls.'],
  ['no-agent', 480, "No agent joined within the rule's patience."],
  ['number-unknown', 404, 'No organisation has the called number.'],
  ['caller-rate', 480, 'The caller has called too often; the call may be retried later.'],
  ['number-inactive', 480, 'The called number is switched off by its organisation.'],
  ['no-common-codec', 488, 'The offer has no codec that the suite supports.'],
];
const ENDS = [
  ['caller-hung-up', 'The caller hung up.'], ['room-closed', 'The room was closed or the caller was removed from it: the agent hung up.'],
  ['caller-hung-up', 'The caller hung up.'], ['transferred', 'The caller was handed over.'],
];

/** Returns the calls of the last days, the newest first; busy at noon, quiet at night and on Sundays. */
export function pastCalls(now, days = 30) {
  const chance = random(7);
  const pick = (from) => from[Math.floor(chance() * from.length)];
  const taken = numbers().filter((number) => number.organisation && number.phone_number.startsWith('+'));
  const calls = [];
  for (let at = now - 4 * 60_000; at > now - days * DAY;) {
    const hour = new Date(at).getUTCHours();
    const sunday = new Date(at).getUTCDay() === 0;
    const busy = (hour >= 7 && hour <= 18 ? 1 + Math.sin(((hour - 6) / 13) * Math.PI) * 2 : 0.12) * (sunday ? 0.3 : 1);
    at -= (0.15 + chance() * 1.7) * (11 * 60_000) / busy;
    const number = pick(taken);
    const dice = chance();
    const caller = chance() < 0.06 ? undefined : '…' + String(100 + Math.floor(chance() * 900));
    const base = {
      callId: id(calls.length), direction: chance() < 0.05 ? 'outbound' : 'inbound', organisation: { id: 'org-' + number.organisation, name: number.organisation },
      number: number.phone_number, called: number.phone_number, caller, trunk: { id: 'pbx', name: 'pbx' }, rule: { id: number.organisation, name: `${number.organisation}-agents` },
      receivedAt: new Date(at).toISOString(), notes: chance() < 0.07 ? 1 : 0,
      kind: calls.length === 2 ? 'trial' : number.organisation === 'bakery' && calls.length % 3 === 0 ? 'demo' : 'call',
    };
    if (dice < 0.84) {
      const setupMillis = Math.round(40 + chance() * chance() * 2400);
      const talkMillis = Math.round(3_000 + chance() * chance() * 620_000);
      const [reason, reasonText] = pick(ENDS);
      calls.push({
        ...base, agent: pick(AGENTS), answeredAt: new Date(at + setupMillis).toISOString(), endedAt: new Date(at + setupMillis + talkMillis).toISOString(),
        talkMillis, setupMillis, outcome: 'answered', reason, reasonText, mos: Math.round((4.45 - chance() ** 5 * 2.2) * 100) / 100,
      });
    } else if (dice < 0.92) {
      calls.push({ ...base, endedAt: new Date(at + 9_000).toISOString(), talkMillis: 0, outcome: 'unanswered', reason: 'cancelled', reasonText: 'The caller gave up before the call was answered.' });
    } else {
      const [reason, status, reasonText] = pick(REFUSALS);
      const unknown = reason === 'number-unknown';
      calls.push({
        ...base, ...(unknown ? { organisation: undefined, number: undefined, rule: undefined, called: '+3225550199' } : {}),
        endedAt: new Date(at + 40).toISOString(), talkMillis: 0, outcome: 'refused', reason, reasonText, status,
      });
    }
  }
  return calls;
}

export function id(index) {
  return `019a8c3e-5b7d-7c41-9d2e-${String(index).padStart(12, '0')}`;
}

export function liveCalls(now) {
  const call = (index, organisation, number, state, seconds, more = {}) => ({
    callId: id(900_000 + index), direction: 'inbound', organisation: { id: 'org-' + organisation, name: organisation }, number, caller: '…' + (417 + index * 31),
    trunk: { id: 'pbx', name: 'pbx' }, rule: { id: organisation, name: `${organisation}-agents` }, room: `${organisation}_4f2a91bc_${index}`, state,
    receivedAt: new Date(now - seconds * 1000).toISOString(), relay: 'relay-1', ...more,
    ...(state === 'ringing' ? {} : { answeredAt: new Date(now - seconds * 1000 + 900).toISOString() }),
  });
  return [
    call(1, 'bakery', '+3225550100', 'up', 184, { agent: 'baker-7f2c', mos: 4.38, jitterMillis: 2.1, lost: 0 }),
    call(2, 'bakery', '+3225550100', 'up', 71, { agent: 'baker-a41d', mos: 4.1, jitterMillis: 6.4, lost: 12 }),
    call(3, 'bakery', '+3225550101', 'held', 402, { agent: 'baker-7f2c', mos: 3.4, jitterMillis: 18.2, lost: 96 }),
    call(4, 'cinema', '+3225550110', 'ringing', 4),
    call(5, 'cinema', '+3225550110', 'up', 35, { agent: 'tickets-03be', mos: 2.6, jitterMillis: 44, lost: 410 }),
    call(6, 'clinic', '1004', 'up', 1311, { agent: 'nurse-55e0', mos: 4.41, caller: undefined }),
    call(7, 'bakery', '+3225550102', 'ringing', 11, { rule: { id: 'bakery', name: 'bakery-counter' }, desk: true, leadsToAgents: true }),
    call(8, 'bakery', '+3225550102', 'ringing', 3, { rule: { id: 'bakery', name: 'bakery-counter' }, desk: true, takenBy: 'anna' }),
  ];
}

export function counts(calls, organisation) {
  const count = (of, by) => [...new Set(of.map(by))].map((key) => [key, of.filter((one) => by(one) === key).length]);
  const limits = Object.fromEntries(numbers().map((number) => [number.phone_number, number.max_concurrent_calls]));
  return {
    organisations: ORGANISATIONS.filter((one) => organisation === undefined || one.name === organisation)
      .map(({ name }) => ({ name, calls: calls.filter((call) => call.organisation.name === name).length, limit: LIMITS[name] })),
    numbers: count(calls, (call) => call.number).map(([number, of]) => ({ number, calls: of, ...(limits[number] ? { limit: limits[number] } : {}) })),
  };
}

export const TRUNKS = [
  { name: 'pbx', addresses: ['203.0.113.9/32'], country: 'BE', transports: ['udp', 'tcp'], max_invites_per_second: 50, users: [] },
  { name: 'carrier', addresses: ['198.51.100.0/24', '2001:db8::/48'], country: 'BE', transports: ['tls'], numbers: ['+322555*'], users: [{ username: 'carrier', realm: 'trunkline' }] },
];
export const OUTBOUND = [
  { name: 'carrier-out', gateways: [{ host: 'sip.carrier.example', port: 5061, transport: 'tls' }, { host: 'sip2.carrier.example' }], register: true, caller_id: { number: '+3225550100' } },
  { name: 'clinic-pbx', organisation: 'clinic', gateways: [{ host: '203.0.113.40' }] },
];
export function gateways(now) {
  const since = new Date(now - 3 * HOUR).toISOString();
  return [{
    trunk: 'carrier-out', edge: 'edge-1', stale: false, said_at: new Date(now).toISOString(),
    gateways: [
      { gateway: 'sip.carrier.example:5061', up: true, status: 200, ping_millis: 18, since },
      { gateway: 'sip2.carrier.example', up: false, status: 408, since: new Date(now - 900_000).toISOString() },
    ],
    registration: { registered: true, until: new Date(now + HOUR).toISOString(), since },
  }];
}
export const RULES = [
  { name: 'bakery-agents', organisation: 'bakery', trunks: ['pbx', 'carrier'], numbers: ['+3225550100', '+3225550101', '+3225550102'], inbound_numbers: [], type: 'individual', room_prefix: 'bakery', agents: [{ name: 'baker' }], priority: 0 },
  { name: 'cinema-hours', organisation: 'cinema', trunks: ['carrier'], numbers: ['+3225550110', '+3225550111'], inbound_numbers: [], type: 'schedule', agents: [{ name: 'tickets' }], priority: 5 },
  { name: 'clinic-desk', organisation: 'clinic', trunks: ['pbx'], numbers: ['+3225550120'], inbound_numbers: ['+324*'], type: 'desk', room_prefix: 'clinic', agents: [], priority: 0 },
  { name: 'clinic-webhook', organisation: 'clinic', trunks: ['pbx'], numbers: ['10*@pbx'], inbound_numbers: [], type: 'webhook', url: 'https://clinic.example/calls?key=hidden', agents: [{ name: 'nurse' }], priority: 0 },
  { name: 'anything-else', type: 'direct', wildcard: true, numbers: [], inbound_numbers: [], room_name: 'foyer', agents: [{ name: 'porter' }], priority: -10 },
];

export function alarms(now) {
  return [
    { kind: 'no-agent', since: new Date(now - 14 * 60_000).toISOString(), text: 'No agent came for 5 calls to cinema in the last 15 minutes: look whether its agents run.', severity: 'critical' },
    { kind: 'trunk-silent', since: new Date(now - 3 * HOUR).toISOString(), text: 'Trunk carrier has brought no call for 3 hours, where it usually brings 12.', severity: 'warning' },
  ];
}

const ROUTING = [
  { step: 'normalised', detail: '02 555 01 00 was dialled and read as +3225550100 by the number plan of BE: national prefix 0 removed, national number of BE.' },
  { step: 'trunk', detail: 'The call came in on trunk pbx.' },
  { step: 'number-matched', detail: '+3225550100 belongs to organisation bakery.' },
  { step: 'rule-skipped', detail: 'Rule cinema-hours was skipped by its organisation: it is for numbers of organisation cinema, and +3225550100 belongs to bakery.' },
  { step: 'rule-matched', detail: 'Rule bakery-agents takes the call.' },
  { step: 'config-merged', detail: 'Configuration of suite, organisation, agent instance orders and number, laid over each other.' },
];

export function trace(call, now) {
  const begin = Date.parse(call.receivedAt);
  const step = (sinceMillis, by, type, text) => ({ at: new Date(begin + sinceMillis).toISOString(), sinceMillis, by, type: `call.${type}`, text });
  const steps = [step(0, 'sip-edge', 'invite.received', `INVITE from 203.0.113.9 on trunk pbx for ${call.called ?? call.number}, caller 4f2a91bc…`)];
  if (call.outcome === 'refused') {
    steps.push(step(12, 'call-router', 'rejected', `refused, ${call.status} ${call.reason}`));
    return { sentence: `Refused with ${call.status} ${call.reason} by call-router: ${call.reasonText}`, call, routing: ROUTING.slice(0, 3), steps, legs: [] };
  }
  const setup = call.setupMillis ?? 900;
  steps.push(
    step(9, 'call-router', 'routed', 'rule bakery-agents of bakery: room bakery_4f2a91bc_x7, agent baker, answered when the agent is there, patience 20 s'),
    step(14, 'rate-limiter', 'admitted', 'admitted: number 2 of 10, organisation 3 of 12'),
    step(31, 'media-relay', 'media.ready', 'in room bakery_4f2a91bc_x7 with a port for the phone, PCMA'),
    step(33, 'agent-dispatcher', 'agent.dispatched', 'LiveKit took the dispatch of agent baker, 11 ms after it was wanted'));
  if (call.outcome === 'unanswered') {
    steps.push(step(9_000, 'sip-edge', 'ended', 'ended, cancelled'));
    return { sentence: 'Never answered. Ended by sip-edge, cancelled: The caller gave up before the call was answered.', call, routing: ROUTING, steps, legs: [] };
  }
  steps.push(
    step(setup - 4, 'media-relay', 'agent.joined', `${call.agent ?? 'baker-7f2c'} (agent) answers, ${setup - 20} ms after the relay began to join`),
    step(setup, 'sip-edge', 'answered', 'answered with 200 (on-agent)'));
  const talk = call.talkMillis ?? now - begin;
  for (let beat = 10_000; beat < Math.min(talk, 60_000); beat += 10_000) {
    steps.push(step(setup + beat, 'media-relay', 'heartbeat', 'up: 500 packets, 0 lost, jitter 2.1 ms, MOS 4.4'));
  }
  if (call.outcome === undefined) {
    return { sentence: 'Answered, and no end is known yet: the call is up.', call, routing: ROUTING, steps, legs: [] };
  }
  steps.push(step(setup + talk, 'sip-edge', 'ended', `ended, ${call.reason}; 2.1 ms jitter, 0 of ${Math.round(talk / 20)} packets lost`));
  return { sentence: `Answered, talked for ${(talk / 1000).toFixed(1)} s. Ended by sip-edge, ${call.reason}: ${call.reasonText}`, call, routing: ROUTING, steps, legs: [] };
}

export function explanation(question) {
  if (String(question.to).replace(/\D/g, '').endsWith('99')) {
    return {
      outcome: 'refused', reason: 'number-unknown', status: 404, sentence: 'No organisation has the called number.', trunk: 'pbx',
      trace: [...ROUTING.slice(0, 2), { step: 'number-unknown', detail: '+3225550199 belongs to no organisation: assign it, or dial another.' }],
    };
  }
  return {
    outcome: 'routed', organisation: { id: 'org-bakery', name: 'bakery' }, number: '+3225550100', rule: 'bakery-agents', trunk: 'pbx', room: 'bakery_<caller>_<random>',
    agents: [{ name: 'baker' }], answerPolicy: 'on-agent', patienceSeconds: 20, config: configuration(numbers()[0]).merged, trace: ROUTING, directoryVersion: 12,
  };
}

/** Computes analytics from the calls like the server, by days and hours of the time zone. */
export function analytics(calls, zone) {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23', weekday: 'short' });
  const days = new Map();
  const hours = Array.from({ length: 7 }, () => Array(24).fill(0));
  const refusals = new Map();
  for (const call of calls) {
    const of = Object.fromEntries(parts.formatToParts(new Date(call.receivedAt)).map((part) => [part.type, part.value]));
    const name = `${of.year}-${of.month}-${of.day}`;
    const day = days.get(name) ?? { day: name, calls: 0, answered: 0, refused: 0, talks: [] };
    days.set(name, day);
    day.calls++;
    hours[['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(of.weekday)][Number(of.hour)]++;
    if (call.outcome === 'answered') {
      day.answered++;
      day.talks.push(call.talkMillis);
    } else if (call.outcome === 'refused') {
      day.refused++;
      refusals.set(call.reason, { reason: call.reason, text: call.reasonText, calls: (refusals.get(call.reason)?.calls ?? 0) + 1 });
    }
  }
  const answered = calls.filter((call) => call.outcome === 'answered');
  const at = (values, share) => (values.length === 0 ? undefined : [...values].sort((one, other) => one - other)[Math.floor((values.length - 1) * share)]);
  return {
    days: [...days.values()].sort((one, other) => one.day.localeCompare(other.day)).map(({ talks, ...day }) => ({
      ...day, ...(talks.length === 0 ? {} : { averageTalkMillis: Math.round(talks.reduce((sum, talk) => sum + talk, 0) / talks.length), medianTalkMillis: at(talks, 0.5) }),
    })),
    hours,
    ...(calls.length === 0 ? {} : { answerRate: answered.length / calls.length }),
    setup: { p50: at(answered.map((call) => call.setupMillis), 0.5), p90: at(answered.map((call) => call.setupMillis), 0.9) },
    refusals: [...refusals.values()],
    short: { calls: answered.filter((call) => call.talkMillis < 10_000).length, underSeconds: 10 },
    peak: [...days.values()].map((day) => ({ day: day.day, most: Math.max(1, Math.round(day.calls / 24)), limit: 12 })),
    quality: { mosP50: at(answered.map((call) => call.mos), 0.5), belowThree: answered.filter((call) => call.mos < 3).length },
  };
}

/** Returns the SIP messages of a call. */
export function messages(call) {
  const begin = Date.parse(call.receivedAt);
  const pbx = '198.51.100.4:5060';
  const edge = '203.0.113.7:5060';
  const rung = (millis, sent, what, about) => ({
    at: new Date(begin + millis).toISOString(), from: sent ? edge : pbx, to: sent ? pbx : edge, sent, transport: 'udp', edge: 'edge-1', what,
    ...(about === undefined ? {} : { about }), cut: false,
    text: `${about === undefined ? `${what} sip:xxxxxxx100@203.0.113.7 SIP/2.0` : `SIP/2.0 ${what}`}\r\nFrom: "…" <sip:xxxxxxxx456@pbx.example>;tag=a1\r\nCSeq: 1 ${about ?? what}\r\n\r\n`,
  });
  return call.outcome === 'refused'
    ? [rung(0, false, 'INVITE'), rung(1, true, '100 Trying', 'INVITE'), rung(18, true, `${call.status} Refused`, 'INVITE'), rung(21, false, 'ACK')]
    : [rung(0, false, 'INVITE'), rung(1, true, '100 Trying', 'INVITE'), rung(60, true, '180 Ringing', 'INVITE'), rung(420, true, '200 OK', 'INVITE'), rung(440, false, 'ACK')];
}

const before = (now, days) => new Date(now - days * 86_400_000).toISOString();

export function keys(now) {
  return [
    { id: '019a8c3e-0000-7000-8000-000000000101', name: 'Reports', beginning: 'tlk_4fGh2k', role: 'support', madeAt: before(now, 20), madeBy: 'admin', usedAt: before(now, 0.01), endsAt: before(now, -345) },
    { id: '019a8c3e-0000-7000-8000-000000000102', name: 'Wallboard of the bakery', beginning: 'tlk_Yx81Qp', role: 'desk', organisation: 'bakery', madeAt: before(now, 40), madeBy: 'demo', usedAt: before(now, 2) },
    { id: '019a8c3e-0000-7000-8000-000000000103', name: 'Old script', beginning: 'tlk_00aaBB', role: 'tenant', organisation: 'clinic', madeAt: before(now, 90), madeBy: 'admin', revokedAt: before(now, 12), revokedBy: 'admin' },
  ];
}

export function retentions(now) {
  return [{ organisation: 'clinic', days: 90, setAt: before(now, 3), setBy: 'admin' }];
}

export function receipts(now) {
  return [{ id: '019a8c3e-0000-7000-8000-000000000201', at: before(now, 1), by: 'admin', erasedCalls: 4, events: 31, notes: 1, messages: 18 }];
}
