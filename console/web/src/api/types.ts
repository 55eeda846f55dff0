/** Answers of the console's API. Instants are ISO 8601 in UTC, durations are in milliseconds. */

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

/** @property signOutAt the identity provider's sign-out page, to sign out there too */
export interface SignedOut {
  signOutAt?: string;
}

/** The available ways to sign in. */
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

/** As the router returns it: the console passes it on unchanged. */
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
  /** Number of ongoing calls; missing while the router does not know. */
  calls?: number;
  /** Only present in a request for one number. */
  configuration?: Configuration;
}

/** Each layer overrides the one before it. */
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

/** Purpose of a call: a tool places a `trial` to check whether the suite works; a `demo` is invented. */
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
  /** A person in a browser answers the call. */
  desk?: boolean;
  /** The participant in the room who holds the caller. */
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
 * @property takenBy account of the person who took it
 * @property mine whether we took it
 */
export interface DeskCall {
  callId: string;
  organisation: string;
  number: string;
  /** The first digits of the pseudonym; empty for a caller who withholds the number. */
  caller: string;
  rule?: string;
  state: LiveState;
  /** The participant in the room who holds the caller; also missing if only the phone holds the call. */
  heldBy?: string;
  receivedAt: string;
  answeredAt?: string;
  kind?: CallKind;
  /** The rule leads to an agent: the person who has the caller can give the caller back to it. */
  leadsToAgents?: boolean;
  takenBy?: string;
  mine: boolean;
}

/** @property on whether calls can be taken, because the console has LiveKit's settings */
export interface DeskPage {
  on: boolean;
  calls: DeskCall[];
}

/** Lets a browser join the room of its call. */
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
  /** Missing while the call is ongoing. */
  outcome?: Outcome;
  reason?: string;
  reasonText?: string;
  status?: number;
  mos?: number;
  kind?: CallKind;
  /** Number of notes; the detail of a single call contains the notes themselves. */
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
  /** For a response, the method. */
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
  /** How long the phone held the call, and how long a participant in the room held the caller; missing for a call that was not held. */
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
  /** By weekday from Monday, then by hour in the requested time zone. */
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
  /** One target, or rounds of targets: the targets in a nested list ring at the same time. */
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

/** Returns the name of something that is given by name, or by id and name. */
export function nameOf(what: Named | string | undefined): string | undefined {
  return typeof what === 'object' ? what.name : what;
}

/** A program's API key, without the key itself. */
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

/** @property key returned only this once */
export interface MadeKey {
  key: string;
  shown: ApiKey;
}

/** @property usualDays days for organisations without their own setting; missing: calls are kept forever */
export interface Retention {
  usualDays?: number;
  organisations: { organisation: string; days: number; setAt: string; setBy: string }[];
}

/** Record of what was erased for a caller who asked to be forgotten. */
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
