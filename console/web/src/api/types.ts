/** What the console's API answers. Instants are ISO 8601 in UTC, times in milliseconds. */

export type Role = 'admin' | 'tenant' | 'desk' | 'support';

export interface Named {
  id: string;
  name: string;
}

export interface Session {
  user: string;
  role: Role;
  organisation?: Named;
  csrf: string;
  expiresAt: string;
}

/** @property signOutAt the identity provider's page for signing out there too */
export interface SignedOut {
  signOutAt?: string;
}

/** How one signs in. */
export interface Ways {
  accounts: boolean;
  provider: boolean;
}

export interface Organisation {
  name: string;
  label?: string;
}

export type Json = null | boolean | number | string | Json[] | { [field: string]: Json };
export type Config = { [field: string]: Json };

export interface CallerRate {
  calls: number;
  window_seconds: number;
}

/** As the router tells it: the console passes it on as it is. */
export interface PhoneNumber {
  phone_number: string;
  organisation?: string;
  label: string;
  active: boolean;
  agent_instance?: string;
  config_override: Config;
  max_concurrent_calls: number;
  caller_rate?: CallerRate;
  own_concurrent_calls?: number;
  own_caller_rate?: CallerRate;
  assigned_by?: string;
  assigned_at?: string;
  /** Calls at this moment; left out while the router does not know. */
  calls?: number;
  /** Only where one number is asked for. */
  configuration?: Configuration;
}

/** Each layer is laid over the one before. */
export interface Configuration {
  suite: Config;
  organisation?: Config;
  agent_instance?: Config;
  merged: Config;
}

export interface NumberPage {
  numbers: PhoneNumber[];
  next?: string;
}

export interface Fault {
  path: string;
  message?: string;
  problem?: string;
}

export interface NumberEvent {
  id: number;
  at: string;
  what: 'added' | 'assigned' | 'reassigned' | 'released' | 'removed' | 'changed';
  by?: string;
  via?: string;
  from?: string;
  to?: string;
  fields?: { field: string; before?: Json; after?: Json }[];
}

/** What a call was made for; `trial` by a tool to see whether the suite works, `demo` is invented. */
export type CallKind = 'call' | 'trial' | 'demo';

export type LiveState = 'ringing' | 'up' | 'held';

export interface LiveCall {
  callId: string;
  direction: string;
  organisation?: Named | string;
  number?: string;
  caller?: string;
  trunk?: Named | string;
  rule?: Named | string;
  agent?: string;
  room?: string;
  state: LiveState;
  receivedAt: string;
  answeredAt?: string;
  mos?: number;
  jitterMillis?: number;
  lost?: number;
  relay?: string;
  kind?: CallKind;
  parent?: string;
  /** A person in a browser answers it. */
  desk?: boolean;
  /** Who in the room holds the caller. */
  heldBy?: string;
  leadsToAgents?: boolean;
}

export interface Counts {
  organisations: { name: string; calls: number; limit?: number }[];
  numbers: { number: string; calls: number; limit?: number }[];
}

export interface LivePage {
  calls: LiveCall[];
  counts: Counts;
}

/**
 * A call of a rule of type desk.
 *
 * @property takenBy who has it, by account
 * @property mine whether we have it
 */
export interface DeskCall {
  callId: string;
  organisation: string;
  number: string;
  /** The first digits of the pseudonym; empty for somebody who hides. */
  caller: string;
  rule?: string;
  state: LiveState;
  /** Who in the room holds the caller; missing also where the phone alone holds the call. */
  heldBy?: string;
  receivedAt: string;
  answeredAt?: string;
  kind?: CallKind;
  /** The rule leads to an agent: who has the caller can give the caller back to it. */
  leadsToAgents?: boolean;
  takenBy?: string;
  mine: boolean;
}

/** @property on whether calls can be taken: the console knows LiveKit */
export interface DeskPage {
  on: boolean;
  calls: DeskCall[];
}

/** By which a browser enters the room of its call. */
export interface Ticket {
  callId: string;
  url: string;
  token: string;
}

export type Outcome = 'answered' | 'refused' | 'unanswered';

export interface PastCall {
  callId: string;
  direction: string;
  organisation?: Named | string;
  number?: string;
  called?: string;
  caller?: string;
  trunk?: Named | string;
  rule?: Named | string;
  agent?: string;
  receivedAt: string;
  answeredAt?: string;
  endedAt?: string;
  talkMillis?: number;
  setupMillis?: number;
  /** Left out while the call is up. */
  outcome?: Outcome;
  reason?: string;
  reasonText?: string;
  status?: number;
  mos?: number;
  kind?: CallKind;
  /** How many; of one call the notes themselves. */
  notes?: number;
}

export interface Note {
  at: string;
  by: string;
  text: string;
}

export interface Quality {
  packets?: number;
  lost?: number;
  jitterMillis?: number;
  mos?: number;
}

export interface CallDetail extends Omit<PastCall, 'notes'> {
  quality?: Quality;
  notes?: Note[];
  legs?: string[];
  parent?: string;
}

export interface HistoryPage {
  calls: PastCall[];
  next?: string;
}

export interface TraceStep {
  at: string;
  sinceMillis: number;
  by: string;
  type: string;
  text: string;
}

/** A SIP message, masked. */
export interface Rung {
  at: string;
  from: string;
  to: string;
  sent: boolean;
  transport: string;
  edge: string;
  what: string;
  /** Of a response the method. */
  about?: string;
  text: string;
  cut: boolean;
}

export interface RoutingStep {
  step: string;
  detail: string;
}

export interface Trace {
  sentence: string;
  call?: PastCall;
  routing: RoutingStep[];
  steps: TraceStep[];
  quality?: { at: string; sinceMillis: number; mos: number; jitterMillis: number; lost: number }[];
  legs?: (Trace | TraceStep)[];
  /** For how long the phone held the call, and somebody in the room the caller; missing for a call that was not held. */
  held?: { byPhoneMillis: number; byRoomMillis: number };
}

export interface Day {
  day: string;
  calls: number;
  answered: number;
  refused: number;
  averageTalkMillis?: number;
  medianTalkMillis?: number;
}

export interface Analytics {
  days: Day[];
  /** Monday first, by hour of the zone that was asked for. */
  hours: number[][];
  answerRate?: number;
  setup?: { p50?: number; p90?: number };
  refusals: { reason: string; text?: string; calls: number }[];
  short?: { calls: number; underSeconds: number };
  peak?: { day: string; most: number; limit?: number }[];
  quality?: { mosP50?: number; belowThree?: number };
}

export interface Alarm {
  kind: string;
  since: string;
  text: string;
  severity: string;
}

export interface Trunk {
  name: string;
  addresses?: string[];
  country?: string;
  numbers?: string[];
  allowed_numbers?: string[];
  transports?: string[];
  codecs?: string[];
  users?: { username: string; realm?: string }[];
  max_invites_per_second?: number;
  max_early_calls?: number;
}

export interface OutboundTrunk {
  name: string;
  organisation?: string;
  gateways?: { host: string; port?: number; transport?: string }[];
  register?: boolean;
  caller_id?: { number?: string };
  max_concurrent_calls?: number;
}

export interface Standing {
  trunk: string;
  edge: string;
  stale: boolean;
  gateways: { gateway: string; up: boolean; status?: number; ping_millis?: number; since: string }[];
  registration?: { registered: boolean; until?: string; status?: number; why?: string; since: string };
  said_at: string;
}

export interface Rule {
  name: string;
  organisation?: string;
  trunks?: string[];
  wildcard?: boolean;
  numbers?: string[];
  inbound_numbers?: string[];
  priority?: number;
  type: string;
  room_name?: string;
  room_prefix?: string;
  template?: string;
  url?: string;
  /** One target, or rounds of them: a list in the list rings at once. */
  forward_to?: Json;
  redirect_to?: string;
  agents?: { name: string; metadata?: string }[];
  answer_policy?: string;
  patience_seconds?: number;
  warm?: number;
  fallback?: Record<string, Json>[];
}

export interface Explanation {
  outcome: 'routed' | 'forwarded' | 'refused' | 'asks-webhook';
  reason?: string;
  status?: number;
  sentence?: string;
  organisation?: Named;
  number?: string;
  rule?: string;
  trunk: string;
  room?: string;
  desk?: boolean;
  target?: string;
  agents?: { name: string }[];
  answerPolicy?: string;
  patienceSeconds?: number;
  config?: Config;
  trace: RoutingStep[];
}

/** The name, of what is told by name or with its id. */
export function nameOf(what: Named | string | undefined): string | undefined {
  return typeof what === 'object' ? what.name : what;
}

/** A key of a program, without the key itself. */
export interface ApiKey {
  id: string;
  name: string;
  beginning: string;
  role: Role;
  organisation?: string;
  madeAt: string;
  madeBy: string;
  endsAt?: string;
  usedAt?: string;
  revokedAt?: string;
  revokedBy?: string;
}

/** @property key told this once */
export interface MadeKey {
  key: string;
  shown: ApiKey;
}

/** @property usualDays of whoever has no own; missing: for good */
export interface Retention {
  usualDays?: number;
  organisations: { organisation: string; days: number; setAt: string; setBy: string }[];
}

/** What was done for a caller who wanted to be forgotten. */
export interface Receipt {
  id: string;
  at: string;
  by: string;
  organisation?: string;
  erasedCalls: number;
  events: number;
  notes: number;
  messages: number;
}
