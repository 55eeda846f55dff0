/** The codes of RefusalReason and EndReason, in the contract's order, for the filter. A test compares them with the contract. */
export const REFUSALS = [
  'credentials-missing', 'credentials-wrong', 'number-unknown', 'number-inactive', 'caller-not-allowed', 'no-rule', 'caller-invalid',
  'trunk-quota', 'caller-rate', 'number-busy', 'organisation-busy', 'agents-busy', 'suite-full', 'no-relay', 'livekit-unavailable',
  'no-agent', 'room-missing', 'no-common-codec', 'webhook-failed', 'declined', 'destination-invalid', 'destination-forbidden',
  'no-outbound-trunk', 'calls-out-busy', 'calls-out-rate', 'forward-failed', 'limiter-unavailable', 'deadline',
] as const;

export const ENDS = [
  'caller-hung-up', 'cancelled', 'answered-elsewhere', 'room-closed', 'media-timeout', 'no-ack', 'session-expired', 'caller-lost',
  'no-agent', 'relay-lost', 'edge-lost', 'livekit-lost', 'forwarded', 'pin-wrong', 'requested', 'drained', 'agent-left',
  'callee-hung-up', 'callee-busy', 'callee-declined', 'no-answer', 'callee-unreachable', 'transferred', 'partner-left', 'too-long',
  'forward-failed', 'announced', 'message-left', 'shutdown',
] as const;

export const REASONS: readonly string[] = [...new Set<string>([...REFUSALS, ...ENDS])];
