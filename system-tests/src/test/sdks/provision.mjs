// Trunks, rules and calls with LiveKit's Node SDK, written for livekit-sip: it knows nothing of Trunkline.
//
// Settings, steps and lines are those of provision.py.
import readline from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { ListUpdate, RoomAgentDispatch, RoomConfiguration, SIPDispatchRule } from '@livekit/protocol';
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';

const {
  LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, PREFIX, PEER, CARRIER, CALLED, SHOWN, AGENT,
} = process.env;
const NUMBERS = process.env.NUMBERS.split(',');
const PIN = '4711';
const url = LIVEKIT_URL.replace(/^ws/, 'http');
const sip = new SipClient(url, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
const rooms = new RoomServiceClient(url, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const json = (message) => message.toJson({ useProtoFieldName: true });
const say = (step, more) => console.log(JSON.stringify({ step, ...more }));

/** Sends a request to LiveKit, and prints its answer. */
async function told(step, request) {
  try {
    const answer = await request;
    say(step, { answer: Array.isArray(answer) ? { items: answer.map(json) } : answer ? json(answer) : {} });
    return answer;
  } catch (e) {
    say(step, { error: { code: e.code, msg: e.message, meta: e.metadata ?? {} } });
    return undefined;
  }
}

/** Waits for a caller in a room of this rule. */
async function caller(rule) {
  for (;;) {
    for (const room of await rooms.listRooms()) {
      for (const who of await rooms.listParticipants(room.name).catch(() => [])) {
        if (who.attributes['sip.ruleID'] === rule) {
          say('caller', { rule, room: room.name, who: json(who) });
          return [room.name, who.identity];
        }
      }
    }
    await pause(100);
  }
}

async function provision() {
  const pbx = (await told('inbound-trunk', sip.createSipInboundTrunk(`${PREFIX}-pbx`, NUMBERS.slice(0, 3), {
    allowedAddresses: [PEER], headersToAttributes: { 'X-Ticket': 'sip.h.x-ticket' },
  }))).sipTrunkId;
  await told('no-gate', sip.createSipInboundTrunk('open', []));
  await told('taken', sip.createSipInboundTrunk('again', NUMBERS.slice(0, 1)));
  const carrier = (await told('outbound-trunk', sip.createSipOutboundTrunk(`${PREFIX}-carrier`, '127.0.0.1:9', [SHOWN], {})))
    .sipTrunkId;

  const roomConfig = new RoomConfiguration({
    agents: [new RoomAgentDispatch({ agentName: AGENT, metadata: '{"scenario": "echo"}' })],
  });
  // A rule is created without the called number, and gets it in an update, because this SDK accepts it only there.
  const rules = {};
  const kinds = [
    ['direct', NUMBERS[0], { type: 'direct', roomName: `${PREFIX}-hall` }],
    ['individual', NUMBERS[1], { type: 'individual', roomPrefix: `${PREFIX}-one` }],
    ['pin', NUMBERS[3], { type: 'direct', roomName: `${PREFIX}-secret`, pin: PIN }],
    ['callee', NUMBERS[2], { type: 'callee', roomPrefix: `${PREFIX}-draft` }],
  ];
  for (const [name, number, rule] of kinds) {
    const made = await told(name, sip.createSipDispatchRule(rule, {
      name: `${PREFIX}-${name}`, trunkIds: [pbx], metadata: `of ${name}`, attributes: { team: name }, roomConfig,
    }));
    made.numbers = [number];
    rules[name] = await told(`${name}-numbered`, sip.updateSipDispatchRule(made.sipDispatchRuleId, made));
  }

  await told('trunks', sip.listSipInboundTrunk({ trunkIds: [pbx] }));
  await told('outbound-trunks', sip.listSipOutboundTrunk({ trunkIds: [carrier] }));
  await told('rules', sip.listSipDispatchRule({ trunkIds: [pbx] }));

  await told('trunk-updated', sip.updateSipInboundTrunkFields(pbx, { numbers: new ListUpdate({ add: NUMBERS.slice(3) }) }));
  // The address is not among the fields that this SDK can update individually.
  const [whole] = await sip.listSipOutboundTrunk({ trunkIds: [carrier] });
  whole.address = CARRIER;
  await told('outbound-updated', sip.updateSipOutboundTrunk(carrier, whole));
  await told('rule-updated', sip.updateSipDispatchRuleFields(rules.callee.sipDispatchRuleId, {
    rule: new SIPDispatchRule({
      rule: { case: 'dispatchRuleCallee', value: { roomPrefix: `${PREFIX}-called` } },
    }),
  }));
  return [pbx, carrier, rules];
}

const call = (trunk, name) => sip.createSipParticipant(trunk, CALLED, `${PREFIX}-out`, {
  participantIdentity: name, participantName: 'Anna', participantAttributes: { order: '17' }, waitUntilAnswered: true,
  ringingTimeout: 3,
});

const [pbx, carrier, rules] = await provision();
say('ready');
let room;
let identity;
for (const name of ['direct', 'individual', 'pin', 'callee']) {
  [room, identity] = await caller(rules[name].sipDispatchRuleId);
  await lines.next();
}
await told('transfer-busy', sip.transferSipParticipant(room, identity, `tel:${CALLED}`, { ringingTimeout: 10 }));
await lines.next();
await told('transfer', sip.transferSipParticipant(room, identity, `tel:${CALLED}`, { ringingTimeout: 10 }));
for (const name of ['call', 'call-busy', 'call-declined', 'call-silent']) {
  await lines.next();
  await told(name, call(carrier, name));
}
for (const each of Object.values(rules)) {
  await told('rule-deleted', sip.deleteSipDispatchRule(each.sipDispatchRuleId));
}
for (const each of [pbx, carrier]) {
  await told('trunk-deleted', sip.deleteSipTrunk(each));
}
await told('call-without-trunk', call(carrier, 'nobody'));
say('done');
lines.return();
